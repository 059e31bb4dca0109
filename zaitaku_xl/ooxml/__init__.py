"""An .xlsx or .xlsm package read and edited without loss: parts are spliced, never serialised anew. Knows nothing of this project."""
