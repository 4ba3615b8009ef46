#ifndef DFLAB_CDLIB_FRONTAL_FACES_H
#define DFLAB_CDLIB_FRONTAL_FACES_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The filters of dlib's frontal face detector, in its own format.
const unsigned char *cdlib_frontal_faces(size_t *bytes);

#ifdef __cplusplus
}
#endif

#endif
