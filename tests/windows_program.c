/* A program for Windows that the tests of ward.bat start under Wine in place of Python.

It hands its words to the shell script beside it (py.exe to py.exe.sh), waits until that has
written its exit status, and ends with the same status. Wine itself does not wait for scripts. */

#include <process.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static void beside(wchar_t *path, const wchar_t *ending) {
  GetModuleFileNameW(NULL, path, MAX_PATH);
  wcscat(path, ending);
}

int wmain(int count, wchar_t **words) {
  wchar_t script[MAX_PATH + 8], notes[MAX_PATH + 8], result[MAX_PATH + 8];
  beside(script, L".sh");
  beside(notes, L".words");
  beside(result, L".status");
  _wremove(result);
  FILE *file = _wfopen(notes, L"wb");
  for (int number = 1; number < count; number++) {
    char word[4096];
    int size = WideCharToMultiByte(CP_UTF8, 0, words[number], -1, word, sizeof word, NULL, NULL);
    fwrite(word, 1, size, file);
  }
  fclose(file);
  STARTUPINFOW start = {sizeof start};
  PROCESS_INFORMATION process = {0};
  if (!CreateProcessW(script, NULL, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) return 250;
  for (int tries = 0; tries < 3000; tries++) {
    int status, found = 0;
    file = _wfopen(result, L"rb");
    if (file) {
      found = fscanf(file, "%d", &status);
      fclose(file);
    }
    if (found == 1) return status;
    Sleep(20);
  }
  return 251;
}
