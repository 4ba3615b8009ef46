/// The trained models that are embedded in the program, as safetensors files.
#ifndef DFLAB_MODELS_H
#define DFLAB_MODELS_H

#include <stddef.h>

/// The swap model of the two synthetic people of the recipe `demo`; its length goes to `bytes`.
const unsigned char *dflab_model_demo(size_t *bytes);

/// The weights that swap models start from; their length goes to `bytes`.
const unsigned char *dflab_model_swap_base(size_t *bytes);

/// The detector that training starts from; its length goes to `bytes`.
const unsigned char *dflab_model_base(size_t *bytes);

/// EfficientNet-Lite0 that has learned ImageNet; its length goes to `bytes`.
const unsigned char *dflab_model_imagenet_lite0(size_t *bytes);

/// The detector that knows real people; its length goes to `bytes`.
const unsigned char *dflab_model_real_people(size_t *bytes);

/// Autoencoders of pictures; their length goes to `bytes`.
const unsigned char *dflab_model_autoencoders(size_t *bytes);

/// A network for eyes; its length goes to `bytes`.
const unsigned char *dflab_model_eyes(size_t *bytes);

/// Opens a file in memory that holds `count` bytes; a descriptor, or -1 with `errno`.
int dflab_model_open(const unsigned char *bytes, size_t count);

#endif
