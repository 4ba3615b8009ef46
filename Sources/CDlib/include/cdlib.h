/// Finding faces and their landmarks with dlib, in plain C.
///
/// No C++ exception leaves a function here: each is caught and its text returned. Pictures are RGB,
/// interleaved, row by row, and are read in place. Coordinates are continuous: pixel `k` covers `k
/// ..< k + 1`.
#ifndef DFLAB_CDLIB_H
#define DFLAB_CDLIB_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CDLIB_ERROR_SIZE 200
/// The number of landmarks, in iBUG's order.
#define CDLIB_LANDMARKS 68
/// The maximum number of pixels of a picture to search.
#define CDLIB_MOST_PIXELS 64000000

/// The box of a face, in pixels.
struct cdlib_face {
  double x, y, width, height;
  /// The detector's margin over its threshold: about 0 to 3.
  double score;
  /// The filter that responded: 0 frontal, 1 left, 2 right, 3 and 4 frontal but rotated in the
  /// plane.
  int32_t filter;
};

/// dlib's frontal face detector. It is mutable: one thread at a time may use it.
struct cdlib_finder;

/// A finder, or NULL with a message in `error`.
struct cdlib_finder *cdlib_finder_make(char error[CDLIB_ERROR_SIZE]);
void cdlib_finder_free(struct cdlib_finder *finder);

/// Finds faces of at least 80 pixels, highest score first, one per location.
///
/// The minimum score is `threshold`. Writes at most `capacity` faces and returns their number, or
/// -1 with a message in `error`.
int64_t cdlib_find(
    struct cdlib_finder *finder, const uint8_t *pixels, int64_t width, int64_t height,
    double threshold, struct cdlib_face *faces, int64_t capacity, char error[CDLIB_ERROR_SIZE]);

/// A model of dlib's `shape_predictor` with 68 points. It is immutable: threads may share it.
struct cdlib_landmarker;

/// Reads a model file; NULL with a message in `error` if it is invalid.
struct cdlib_landmarker *cdlib_landmarker_make(const char *path, char error[CDLIB_ERROR_SIZE]);
void cdlib_landmarker_free(struct cdlib_landmarker *landmarker);

/// Predicts the landmarks of the face in a box, as x, y, x, y…; the box may extend beyond the
/// edges.
///
/// Like dlib's `shape_predictor`, but without rounding to integers. Returns 0, or -1 with a message
/// in `error`.
int cdlib_place(
    const struct cdlib_landmarker *landmarker, const uint8_t *pixels, int64_t width,
    int64_t height, const struct cdlib_face *box, float points[2 * CDLIB_LANDMARKS],
    char error[CDLIB_ERROR_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
