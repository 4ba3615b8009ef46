#define _GNU_SOURCE
#include "include/models.h"

#include <sys/mman.h>
#include <unistd.h>

// The files that the repository keeps in Checkpoints.

static const unsigned char demo[] = {
#embed "../../Checkpoints/demo/best.safetensors"
};

static const unsigned char swap_base[] = {
#embed "../../Checkpoints/base-fast/best.safetensors"
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

static const unsigned char autoencoders[] = {
#embed "../../Checkpoints/autoencoders/best.safetensors"
};

static const unsigned char eyes[] = {
#embed "../../Checkpoints/eyes/best.safetensors"
};

const unsigned char *dflab_model_demo(size_t *bytes) {
  *bytes = sizeof demo;
  return demo;
}

const unsigned char *dflab_model_swap_base(size_t *bytes) {
  *bytes = sizeof swap_base;
  return swap_base;
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

const unsigned char *dflab_model_autoencoders(size_t *bytes) {
  *bytes = sizeof autoencoders;
  return autoencoders;
}

const unsigned char *dflab_model_eyes(size_t *bytes) {
  *bytes = sizeof eyes;
  return eyes;
}

int dflab_model_open(const unsigned char *bytes, size_t count) {
  int file = memfd_create("dflab", MFD_CLOEXEC);
  for (size_t done = 0; file >= 0 && done < count;) {
    ssize_t written = write(file, bytes + done, count - done);
    if (written < 0) {
      close(file);
      return -1;
    }
    done += (size_t)written;
  }
  return file;
}
