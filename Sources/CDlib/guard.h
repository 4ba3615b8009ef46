/// Keeps C++ exceptions inside.
#ifndef DFLAB_CDLIB_GUARD_H
#define DFLAB_CDLIB_GUARD_H

#include <cstdio>
#include <exception>

#include "cdlib.h"

/// The result of `body`, or `failure` with a message if it throws.
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
