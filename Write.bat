@echo off
rem Double-click this to write and publish in your browser.
title Ward blog
set "WARD_PAUSE=1"
"%~dp0ward.bat" write
