#include "include/optical_flow.h"

#include <math.h>
#include <string.h>

#include "clones.h"
#include "number.h"

// The settings; see the header.
#define LEVELS 3
#define LEAST_SIDE 32
#define RADIUS 5
#define DEVIATION 1.2
#define WINDOW 7
#define ITERATIONS 3
// Coefficients of a pixel: x, y, xx, yy and xy; and values of its equations.
#define VALUES 5
// Gaussians reach at most as far as that of the coarsest level.
#define MOST_TAPS 18

typedef struct {
  int32_t height, width;
  double scale;
} level;

// Half to even, as OpenCV rounds.
static int32_t rounded(double x) { return (int32_t)lrint(x); }

// The levels above the picture's own: as many as leave LEAST_SIDE rows and columns.
static int levels_above(int32_t height, int32_t width) {
  double scale = 1;
  for (int k = 0; k < LEVELS; k++) {
    scale *= 0.5;
    if (height * scale < LEAST_SIDE || width * scale < LEAST_SIDE) return k;
  }
  return LEVELS;
}

static level level_of(int32_t height, int32_t width, int above) {
  double scale = ldexp(1, -above);
  return (level){rounded(height * scale), rounded(width * scale), scale};
}

size_t dflab_flow_pyramid_size(int32_t height, int32_t width) {
  size_t size = 0;
  for (int k = levels_above(height, width); k >= 0; k--) {
    level own = level_of(height, width, k);
    size += (size_t)own.height * own.width * VALUES;
  }
  return size;
}

size_t dflab_flow_scratch_size(int32_t height, int32_t width) {
  // Of expansion: gray, blurred and reduced pictures, and rows; of flows: equations, flow, row sums.
  size_t pixels = (size_t)height * width;
  return pixels * (VALUES + 2) + 2 * VALUES * (size_t)(width + 2 * WINDOW + 2) +
         6 * (size_t)(width + height + 2 * MOST_TAPS);
}

static int32_t clamped(int32_t place, int32_t count) {
  return place < 0 ? 0 : place >= count ? count - 1 : place;
}

// Mirrored at the outermost pixel, which is not repeated.
static int32_t mirrored(int32_t place, int32_t count) {
  if (count == 1) return 0;
  while (place < 0 || place >= count) place = place < 0 ? -place : 2 * (count - 1) - place;
  return place;
}

// The weights of a Gaussian from its center outwards; returns how many.
static int gaussian(double scale, float weights[MOST_TAPS]) {
  double deviation = (1 / scale - 1) * 0.5;
  int32_t size = rounded(deviation * 5) | 1;
  int reach = (size < 3 ? 3 : size) / 2;
  if (deviation <= 0) {
    weights[0] = 0.5f, weights[1] = 0.25f;
    return 2;
  }
  double sum = 0, all[MOST_TAPS];
  for (int k = 0; k <= reach; k++) {
    all[k] = exp(-0.5 * k * k / (deviation * deviation));
    sum += k == 0 ? all[k] : 2 * all[k];
  }
  for (int k = 0; k <= reach; k++) weights[k] = (float)(all[k] / sum);
  return reach + 1;
}

// Blurs along columns into `y`, then along rows in place; `line` holds a row with its border.
CLONES static void blur(
    const float *restrict x, float *restrict y, int32_t height, int32_t width,
    const float *restrict weights, int taps, float *restrict line) {
  for (int32_t row = 0; row < height; row++) {
    float *target = y + (size_t)row * width;
    const float *own = x + (size_t)row * width;
    for (int32_t i = 0; i < width; i++) target[i] = weights[0] * own[i];
    for (int k = 1; k < taps; k++) {
      const float *above = x + (size_t)mirrored(row - k, height) * width;
      const float *below = x + (size_t)mirrored(row + k, height) * width;
      float weight = weights[k];
      for (int32_t i = 0; i < width; i++) target[i] += weight * (above[i] + below[i]);
    }
    float *center = line + MOST_TAPS;
    memcpy(center, target, sizeof(float) * width);
    for (int k = 1; k < taps; k++) {
      center[-k] = target[mirrored(-k, width)];
      center[width - 1 + k] = target[mirrored(width - 1 + k, width)];
    }
    for (int32_t i = 0; i < width; i++) target[i] = weights[0] * center[i];
    for (int k = 1; k < taps; k++) {
      float weight = weights[k];
      for (int32_t i = 0; i < width; i++) target[i] += weight * (center[i - k] + center[i + k]);
    }
  }
}

// Where a resized pixel lies between two pixels; their weights are 1 − weight and weight.
INLINE int32_t between(int32_t place, double step, int32_t count, float *weight) {
  float at = (float)((place + 0.5) * step - 0.5);
  int32_t first = (int32_t)floorf(at);
  *weight = at - first;
  if (first < 0) first = 0, *weight = 0;
  if (first >= count - 1) first = count - 1, *weight = 0;
  return first;
}

// Bilinear, times `factor`; of `channels` values a pixel.
CLONES static void resize(
    const float *restrict x, int32_t height, int32_t width, float *restrict y, int32_t rows,
    int32_t columns, int channels, float factor) {
  double down = (double)height / rows, across = (double)width / columns;
  for (int32_t row = 0; row < rows; row++) {
    float v, u;
    int32_t top = between(row, down, height, &v);
    const float *upper = x + (size_t)top * width * channels;
    const float *lower = x + (size_t)clamped(top + 1, height) * width * channels;
    for (int32_t column = 0; column < columns; column++) {
      int32_t left = between(column, across, width, &u) * channels;
      int32_t right = clamped(left / channels + 1, width) * channels;
      for (int k = 0; k < channels; k++) {
        float first = upper[left + k] * (1 - u) + upper[right + k] * u;
        float second = lower[left + k] * (1 - u) + lower[right + k] * u;
        *y++ = (first * (1 - v) + second * v) * factor;
      }
    }
  }
}

// The weights of a neighborhood, and what its sums become coefficients by.
typedef struct {
  float g[RADIUS + 1], xg[RADIUS + 1], xxg[RADIUS + 1];
  float linear, constant, square, mixed;
} applicability;

static applicability prepared(void) {
  applicability result;
  double weights[2 * RADIUS + 1], sum = 0;
  for (int x = -RADIUS; x <= RADIUS; x++) {
    weights[x + RADIUS] = (float)exp(-x * x / (2 * DEVIATION * DEVIATION));
    sum += weights[x + RADIUS];
  }
  for (int x = 0; x <= RADIUS; x++) {
    result.g[x] = (float)(weights[x + RADIUS] / sum);
    result.xg[x] = x * result.g[x];
    result.xxg[x] = x * x * result.g[x];
  }
  // The metric of 1, x, y, x², y² and xy: that of the powers on one axis times that on the other.
  double one = 0, second = 0, fourth = 0;
  for (int x = -RADIUS; x <= RADIUS; x++) {
    double g = result.g[x < 0 ? -x : x];
    one += g, second += g * x * x, fourth += g * x * x * x * x;
  }
  double a = one * one, b = one * second, c = one * fourth, d = second * second;
  // Its inverse: of 1, x² and y² together the block [[a, b, b], [b, c, d], [b, d, c]].
  double determinant = a * (c + d) - 2 * b * b;
  result.linear = (float)(1 / b);
  result.constant = (float)(-b / determinant);
  result.square = (float)((a * c - b * b) / ((c - d) * determinant));
  result.mixed = (float)(1 / d);
  return result;
}

// The coefficients at each pixel of a gray picture; `rows` holds three rows with their borders.
CLONES static void expand(
    const float *restrict x, int32_t height, int32_t width, const applicability *restrict weights,
    float *restrict y, float *restrict rows) {
  size_t length = (size_t)width + 2 * RADIUS;
  float *even = rows + RADIUS, *odd = even + length, *square = odd + length;
  for (int32_t row = 0; row < height; row++) {
    const float *own = x + (size_t)row * width;
    for (int32_t i = 0; i < width; i++)
      even[i] = weights->g[0] * own[i], odd[i] = 0, square[i] = 0;
    for (int k = 1; k <= RADIUS; k++) {
      const float *above = x + (size_t)clamped(row - k, height) * width;
      const float *below = x + (size_t)clamped(row + k, height) * width;
      float g = weights->g[k], xg = weights->xg[k], xxg = weights->xxg[k];
      for (int32_t i = 0; i < width; i++) {
        float sum = above[i] + below[i];
        even[i] += g * sum;
        odd[i] += xg * (below[i] - above[i]);
        square[i] += xxg * sum;
      }
    }
    for (int k = 1; k <= RADIUS; k++) {
      even[-k] = even[0], odd[-k] = odd[0], square[-k] = square[0];
      even[width - 1 + k] = even[width - 1];
      odd[width - 1 + k] = odd[width - 1];
      square[width - 1 + k] = square[width - 1];
    }
    for (int32_t i = 0; i < width; i++, y += VALUES) {
      float mean = even[i] * weights->g[0], linear_x = 0, square_x = 0;
      float linear_y = odd[i] * weights->g[0], mixed = 0, square_y = square[i] * weights->g[0];
      for (int k = 1; k <= RADIUS; k++) {
        float sum = even[i + k] + even[i - k];
        mean += sum * weights->g[k];
        linear_x += (even[i + k] - even[i - k]) * weights->xg[k];
        square_x += sum * weights->xxg[k];
        linear_y += (odd[i + k] + odd[i - k]) * weights->g[k];
        mixed += (odd[i + k] - odd[i - k]) * weights->xg[k];
        square_y += (square[i + k] + square[i - k]) * weights->g[k];
      }
      y[0] = linear_y * weights->linear;
      y[1] = linear_x * weights->linear;
      y[2] = mean * weights->constant + square_y * weights->square;
      y[3] = mean * weights->constant + square_x * weights->square;
      y[4] = mixed * weights->mixed;
    }
  }
}

void dflab_flow_expand(
    const float *picture, int32_t height, int32_t width, float *pyramid, float *scratch) {
  size_t pixels = (size_t)height * width;
  float *gray = scratch, *blurred = gray + pixels, *reduced = blurred + pixels;
  float *rows = reduced + pixels;
  for (size_t i = 0; i < pixels; i++)
    gray[i] = 255 * (0.299f * picture[3 * i] + 0.587f * picture[3 * i + 1] +
                     0.114f * picture[3 * i + 2]);
  applicability weights = prepared();
  for (int k = levels_above(height, width); k >= 0; k--) {
    level own = level_of(height, width, k);
    float taps[MOST_TAPS];
    int count = gaussian(own.scale, taps);
    blur(gray, blurred, height, width, taps, count, rows);
    const float *shown = blurred;
    if (k > 0) {
      resize(blurred, height, width, reduced, own.height, own.width, 1, 1);
      shown = reduced;
    }
    expand(shown, own.height, own.width, &weights, pyramid, rows);
    pyramid += (size_t)own.height * own.width * VALUES;
  }
}

// The weight of a pixel by its distance from the edge.
static float certainty(int32_t place, int32_t count) {
  static const float border[] = {0.14f, 0.14f, 0.4472f, 0.4472f, 0.4472f};
  float weight = 1;
  if (place < 5) weight *= border[place];
  if (count - 1 - place < 5) weight *= border[count - 1 - place];
  return weight;
}

// The equations of each pixel's displacement, given an estimate of it.
CLONES static void equations(
    const float *restrict first, const float *restrict second, const float *restrict flow,
    int32_t height, int32_t width, float *restrict y) {
  size_t line = (size_t)width * VALUES;
  for (int32_t row = 0; row < height; row++) {
    float vertical = certainty(row, height);
    for (int32_t column = 0; column < width; column++) {
      float dx = flow[0], dy = flow[1], fx = column + dx, fy = row + dy;
      float floor_x = floorf(fx), floor_y = floorf(fy);
      float r[VALUES];
      if (floor_x >= 0 && floor_x < width - 1 && floor_y >= 0 && floor_y < height - 1) {
        const float *at = second + (size_t)floor_y * line + (size_t)floor_x * VALUES;
        fx -= floor_x, fy -= floor_y;
        float a = (1 - fx) * (1 - fy), b = fx * (1 - fy), c = (1 - fx) * fy, d = fx * fy;
        for (int k = 0; k < VALUES; k++)
          r[k] = a * at[k] + b * at[VALUES + k] + c * at[line + k] + d * at[line + VALUES + k];
        r[2] = (first[2] + r[2]) * 0.5f;
        r[3] = (first[3] + r[3]) * 0.5f;
        r[4] = (first[4] + r[4]) * 0.25f;
      } else {
        r[0] = 0, r[1] = 0, r[2] = first[2], r[3] = first[3], r[4] = first[4] * 0.5f;
      }
      r[0] = (first[0] - r[0]) * 0.5f + r[2] * dy + r[4] * dx;
      r[1] = (first[1] - r[1]) * 0.5f + r[4] * dy + r[3] * dx;
      float weight = vertical * certainty(column, width);
      for (int k = 0; k < VALUES; k++) r[k] *= weight;
      y[0] = r[2] * r[2] + r[4] * r[4];
      y[1] = (r[2] + r[3]) * r[4];
      y[2] = r[3] * r[3] + r[4] * r[4];
      y[3] = r[2] * r[0] + r[4] * r[1];
      y[4] = r[4] * r[0] + r[3] * r[1];
      first += VALUES, flow += 2, y += VALUES;
    }
  }
}

// Solves the equations summed over windows; `sums` holds a row of doubles with its borders.
CLONES static void solve(
    const float *restrict x, int32_t height, int32_t width, float *restrict flow,
    double *restrict sums) {
  size_t line = (size_t)width * VALUES;
  double *center = sums + (WINDOW + 1) * VALUES;
  for (size_t i = 0; i < line; i++) center[i] = x[i] * (double)(WINDOW + 2);
  for (int32_t row = 1; row < WINDOW; row++) {
    const float *own = x + clamped(row, height) * line;
    for (size_t i = 0; i < line; i++) center[i] += own[i];
  }
  double scale = 1.0 / ((2 * WINDOW + 1) * (2 * WINDOW + 1));
  for (int32_t row = 0; row < height; row++) {
    const float *left = x + clamped(row - WINDOW - 1, height) * line;
    const float *entered = x + clamped(row + WINDOW, height) * line;
    for (size_t i = 0; i < line; i++) center[i] += entered[i] - left[i];
    for (int k = 0; k < (WINDOW + 1) * VALUES; k++) {
      center[-1 - k] = center[VALUES - 1 - k % VALUES];
      center[line + k] = center[line - VALUES + k % VALUES];
    }
    double s[VALUES];
    for (int k = 0; k < VALUES; k++) {
      s[k] = center[k] * (WINDOW + 2);
      for (int i = 1; i < WINDOW; i++) s[k] += center[i * VALUES + k];
    }
    for (int32_t column = 0; column < width; column++, flow += 2) {
      const double *at = center + column * VALUES;
      for (int k = 0; k < VALUES; k++)
        s[k] += at[WINDOW * VALUES + k] - at[-(WINDOW + 1) * VALUES + k];
      double a = s[0] * scale, b = s[1] * scale, c = s[2] * scale;
      double down = s[3] * scale, across = s[4] * scale;
      double inverse = 1 / (a * c - b * b + 1e-3);
      flow[0] = (float)((a * across - b * down) * inverse);
      flow[1] = (float)((c * down - b * across) * inverse);
    }
  }
}

void dflab_flow_between(
    const float *first, const float *second, int32_t height, int32_t width, float *flow,
    float *scratch) {
  size_t pixels = (size_t)height * width;
  // Doubles come first, for their alignment.
  double *sums = (double *)scratch;
  float *own = scratch + 2 * VALUES * ((size_t)width + 2 * WINDOW + 2), *coarse = own + VALUES * pixels;
  int top = levels_above(height, width);
  level before = {0, 0, 1};
  for (int k = top; k >= 0; k--) {
    level now = level_of(height, width, k);
    size_t count = (size_t)now.height * now.width;
    if (k == top) {
      memset(flow, 0, 2 * count * sizeof(float));
    } else {
      memcpy(coarse, flow, 2 * (size_t)before.height * before.width * sizeof(float));
      resize(coarse, before.height, before.width, flow, now.height, now.width, 2, 2);
    }
    for (int i = 0; i < ITERATIONS; i++) {
      equations(first, second, flow, now.height, now.width, own);
      solve(own, now.height, now.width, flow, sums);
    }
    first += VALUES * count, second += VALUES * count;
    before = now;
  }
}
