#include "include/models.h"

// The files that the repository keeps in Checkpoints.

static const unsigned char demo[] = {
#embed "../../Checkpoints/demo/best.safetensors"
};

static const unsigned char base[] = {
#embed "../../Checkpoints/base-efficientnet-b0/best.safetensors"
};

static const unsigned char imagenet_lite0[] = {
#embed "../../Checkpoints/imagenet-efficientnet-lite0/best.safetensors"
};

static const unsigned char real_people[] = {
#embed "../../Checkpoints/real-people/best.safetensors"
};

const unsigned char *dflab_model_demo(size_t *bytes) {
  *bytes = sizeof demo;
  return demo;
}

const unsigned char *dflab_model_base(size_t *bytes) {
  *bytes = sizeof base;
  return base;
}

const unsigned char *dflab_model_imagenet_lite0(size_t *bytes) {
  *bytes = sizeof imagenet_lite0;
  return imagenet_lite0;
}

const unsigned char *dflab_model_real_people(size_t *bytes) {
  *bytes = sizeof real_people;
  return real_people;
}
