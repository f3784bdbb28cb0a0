@echo off
rem What the Makefile does, for Windows: ward new TITLE="Two bins" TAGS="grit bins"
rem All words go to Python as they were typed (%*): cmd itself would split them at = , and ;
setlocal EnableExtensions DisableDelayedExpansion
pushd "%~dp0"
set "PYTHONPATH=plugins"
set "PYTHONUTF8=1"
set "WARD_PYTHON=.venv\Scripts\python.exe"
set "WARD_STATUS=2"
if not exist "plugins\wardblog\cli\launch.py" (
  echo The other files of the ward blog are not beside ward.bat.>&2
  echo   If they are in a zip file, choose "Extract all" first, and use what that made.>&2
  goto end
)
if not exist "%WARD_PYTHON%" goto set_up

:run
"%WARD_PYTHON%" -m wardblog --launch %*
rem 101 to 109 mean that the Python which .venv was made with is gone, such as after an update.
if errorlevel 101 if not errorlevel 110 if not defined WARD_IS_NEW goto set_up
set "WARD_STATUS=%ERRORLEVEL%"
goto end

:set_up
set "WARD_CHECK=import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
set "WARD_FOUND=py -3"
py -3 -c "%WARD_CHECK%" >nul 2>nul
if not errorlevel 1 goto make
rem The python.exe that only opens the Microsoft Store fails here.
set "WARD_FOUND=python"
python -c "%WARD_CHECK%" >nul 2>nul
if not errorlevel 1 goto make
echo Python 3.11 or newer is needed, and was not found.>&2
echo   Install it from https://www.python.org/downloads/ and tick "Add python.exe to PATH".>&2
echo   Then open a new window and try again.>&2
goto end

:make
echo Setting up for the first time. This takes a few minutes.
%WARD_FOUND% -m venv --clear .venv
if errorlevel 1 (
  echo The folder .venv could not be made here.>&2
  echo   Move this folder to a short place that you may write to, such as C:\ward-blog.>&2
  goto end
)
set "WARD_IS_NEW=1"
goto run

:end
popd
if defined WARD_PAUSE if not "%WARD_STATUS%"=="0" pause
exit /b %WARD_STATUS%
