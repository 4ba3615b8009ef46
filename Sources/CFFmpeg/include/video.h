/// Videos and pictures through FFmpeg's libraries, by plain functions that are the same for versions 5.1 to 7.
#ifndef DFLAB_VIDEO_H
#define DFLAB_VIDEO_H

#include "frame.h"
#include "join.h"
#include "picture.h"
#include "reader.h"
#include "status.h"
#include "still.h"
#include "writer.h"

#endif
