/// Keeps C++ exceptions inside.
#ifndef DFLAB_CDLIB_GUARD_H
#define DFLAB_CDLIB_GUARD_H

#include <cstdio>
#include <exception>

#include "cdlib.h"

/// What `body` returns, or `failure` with a message when it throws.
template <typename Result, typename Body>
Result guarded(char *error, Result failure, Body body) noexcept {
  try {
    return body();
  } catch (const std::exception &problem) {
    std::snprintf(error, CDLIB_ERROR_SIZE, "%s", problem.what());
  } catch (...) {
    std::snprintf(error, CDLIB_ERROR_SIZE, "an unknown problem");
  }
  return failure;
}

#endif
