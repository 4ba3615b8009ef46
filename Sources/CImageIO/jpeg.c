#include "include/imageio.h"
