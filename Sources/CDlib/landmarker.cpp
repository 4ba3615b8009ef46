#include <sys/mman.h>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "guard.h"
#include "model_reader.h"
#include "picture.h"

// dlib's own predictor rounds its points to integers and stores each of its 120 000 leaves in a
// separate memory block. This reads the same files and evaluates them alike, with contiguous leaves
// and without rounding.

namespace {

const int values = 2 * CDLIB_LANDMARKS;
/// The prefetch distance in leaves.
const int ahead = 8;

/// Allocates in huge pages where the system offers them: leaves are read in random order, and the
/// first touch of 16 000 small pages takes as long as reading the numbers.
template <typename Value>
struct huge_pages {
  typedef Value value_type;

  Value *allocate(size_t count) {
    const size_t page = 2 << 20;
    size_t size = count * sizeof(Value);
    void *memory = std::aligned_alloc(page, (size + page - 1) / page * page);
    if (!memory) throw std::bad_alloc();
    // What is left over stays in small pages. Without huge pages this fails, and changes nothing.
    madvise(memory, size / page * page, MADV_HUGEPAGE);
    return (Value *)memory;
  }

  void deallocate(Value *memory, size_t) { std::free(memory); }
};

/// Tests whether one pixel is brighter than another by more than `threshold`.
struct split {
  uint16_t first, second;
  float threshold;
};

/// The position of a pixel: a landmark plus an offset in the mean face.
struct probe {
  int anchor;
  float x, y;
};

/// One stage of the cascade: trees that test the same pixels.
struct stage {
  std::vector<probe> probes;
  int trees = 0;
  /// The number of splits of a tree, which has one more leaf.
  int splits = 0;
  /// `[trees, splits]`
  std::vector<split> questions;
  /// `[trees, splits + 1, values]`
  std::vector<float, huge_pages<float>> leaves;
};

/// The linear part of `z ↦ a z + b`.
struct turn {
  float re, im;
};

}  // namespace

struct cdlib_landmarker {
  std::vector<float> mean;
  std::vector<stage> stages;
};

/// Reads the trees of a stage, each of which must be full and of the same depth.
static void read_trees(model_reader &file, stage &stage) {
  stage.trees = file.count();
  size_t leaves = 0;
  for (int tree = 0; tree < stage.trees; tree++) {
    size_t splits = file.count();
    if (tree == 0) stage.splits = splits, leaves = splits + 1;
    model_reader::require(splits + 1 == leaves && leaves <= 1024 && (leaves & splits) == 0);
    for (size_t k = 0; k < splits; k++) {
      int64_t first = file.integer(), second = file.integer();
      float threshold = file.real();
      model_reader::require(first >= 0 && first <= UINT16_MAX);
      model_reader::require(second >= 0 && second <= UINT16_MAX);
      stage.questions.push_back({(uint16_t)first, (uint16_t)second, threshold});
    }
    model_reader::require(file.count() == leaves);
    if (tree == 0) stage.leaves.reserve(stage.trees * leaves * values);
    for (size_t count = 0; count < leaves; count++) {
      model_reader::require(file.column() == values);
      float leaf[values];
      for (float &value : leaf) value = file.real();
      stage.leaves.insert(stage.leaves.end(), leaf, leaf + values);
    }
  }
}

/// Reads a model in the format of dlib's `shape_predictor`: mean, trees, anchors, offsets.
static void read(model_reader &file, cdlib_landmarker &model) {
  model_reader::require(file.integer() == 1);
  model_reader::require(file.column() == values);
  for (int k = 0; k < values; k++) model.mean.push_back(file.real());
  model.stages.resize(file.count());
  for (stage &stage : model.stages) read_trees(file, stage);
  model_reader::require(file.count() == model.stages.size());
  for (stage &stage : model.stages) {
    stage.probes.resize(file.count());
    for (probe &probe : stage.probes) {
      int64_t anchor = file.integer();
      model_reader::require(anchor >= 0 && anchor < CDLIB_LANDMARKS);
      probe.anchor = (int)anchor;
    }
  }
  model_reader::require(file.count() == model.stages.size());
  for (stage &stage : model.stages) {
    model_reader::require(file.count() == stage.probes.size());
    for (probe &probe : stage.probes) probe.x = file.real(), probe.y = file.real();
    for (const split &split : stage.questions)
      model_reader::require(
          split.first < stage.probes.size() && split.second < stage.probes.size());
  }
}

/// The least-squares rotation and scale from `from` to `to` (Umeyama).
static turn similarity(const float *from, const float *to) {
  double meanX = 0, meanY = 0, targetX = 0, targetY = 0;
  for (int k = 0; k < values; k += 2) {
    meanX += from[k], meanY += from[k + 1];
    targetX += to[k], targetY += to[k + 1];
  }
  meanX /= CDLIB_LANDMARKS, meanY /= CDLIB_LANDMARKS;
  targetX /= CDLIB_LANDMARKS, targetY /= CDLIB_LANDMARKS;
  double re = 0, im = 0, spread = 0;
  for (int k = 0; k < values; k += 2) {
    double x = from[k] - meanX, y = from[k + 1] - meanY;
    double u = to[k] - targetX, v = to[k + 1] - targetY;
    re += x * u + y * v;
    im += x * v - y * u;
    spread += x * x + y * y;
  }
  return {(float)(re / spread), (float)(im / spread)};
}

/// The pixels that a stage tests, as gray; 0 outside the picture.
static void look(
    const stage &stage, turn turn, const float *shape, const picture &picture,
    const cdlib_face &box, std::vector<float> &seen) {
  seen.resize(stage.probes.size());
  for (size_t index = 0; index < stage.probes.size(); index++) {
    const probe &probe = stage.probes[index];
    double u = turn.re * probe.x - turn.im * probe.y + shape[2 * probe.anchor];
    double v = turn.im * probe.x + turn.re * probe.y + shape[2 * probe.anchor + 1];
    // dlib maps 0…1 from the center of a box's first pixel to that of its last.
    double x = std::floor(box.x + u * (box.width - 1) + 0.5);
    double y = std::floor(box.y + v * (box.height - 1) + 0.5);
    seen[index] = 0;
    if (x >= 0 && y >= 0 && x < picture.width && y < picture.height) {
      const uint8_t *pixel = picture.pixels + 3 * ((long)y * picture.width + (long)x);
      seen[index] = (float)((pixel[0] + pixel[1] + pixel[2]) / 3);
    }
  }
}

/// Adds the output of each tree of a stage to `shape`.
static void correct(
    const stage &stage, const std::vector<float> &seen, float *shape,
    std::vector<const float *> &answers) {
  answers.resize(stage.trees);
  for (int tree = 0; tree < stage.trees; tree++) {
    const split *questions = stage.questions.data() + (size_t)tree * stage.splits;
    int node = 0;
    while (node < stage.splits) {
      const split &split = questions[node];
      node = 2 * node + 2 - (seen[split.first] - seen[split.second] > split.threshold);
    }
    size_t leaf = (size_t)tree * (stage.splits + 1) + (node - stage.splits);
    answers[tree] = stage.leaves.data() + leaf * values;
  }
  // A model's leaves are 65 MB in random order: with prefetching they take a third of the time.
  for (int tree = 0; tree < stage.trees; tree++) {
    const float *answer = answers[tree];
    const float *coming = answers[tree + ahead < stage.trees ? tree + ahead : tree];
    for (int k = 0; k < values; k += 16) __builtin_prefetch(coming + k);
    for (int k = 0; k < values; k++) shape[k] += answer[k];
  }
}

cdlib_landmarker *cdlib_landmarker_make(const char *path, char *error) {
  return guarded(error, (cdlib_landmarker *)nullptr, [&] {
    model_reader file(path);
    auto landmarker = std::make_unique<cdlib_landmarker>();
    read(file, *landmarker);
    return landmarker.release();
  });
}

void cdlib_landmarker_free(cdlib_landmarker *landmarker) { delete landmarker; }

int cdlib_place(
    const cdlib_landmarker *landmarker, const uint8_t *pixels, int64_t width, int64_t height,
    const cdlib_face *box, float *points, char *error) {
  return guarded(error, -1, [&] {
    picture picture(pixels, width, height);
    std::vector<float> shape = landmarker->mean, seen;
    std::vector<const float *> answers;
    for (const stage &stage : landmarker->stages) {
      turn turn = similarity(landmarker->mean.data(), shape.data());
      look(stage, turn, shape.data(), picture, *box, seen);
      correct(stage, seen, shape.data(), answers);
    }
    for (int k = 0; k < values; k += 2) {
      points[k] = (float)(box->x + 0.5 + shape[k] * (box->width - 1));
      points[k + 1] = (float)(box->y + 0.5 + shape[k + 1] * (box->height - 1));
    }
    return 0;
  });
}
