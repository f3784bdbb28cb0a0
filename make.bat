@rem So that "make publish", as the messages call it, works in the Command Prompt as well.
@"%~dp0ward.bat" %*
