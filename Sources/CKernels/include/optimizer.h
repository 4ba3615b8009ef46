#ifndef DFLAB_OPTIMIZER_H
#define DFLAB_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>

/// The coefficients of one step of Adam or AdamW, the same for every value.
struct dflab_adam {
  /// The factor applied to gradients first (clipping).
  float gradient_scale;
  /// 1 - learning rate * weight decay; 1 for none.
  float keep;
  /// The share of the gradient in the first moment, 1 - beta1.
  float first_share;
  /// beta2 and 1 - beta2, each rounded on its own.
  float second_keep, second_share;
  /// Learning rate / (1 - beta1^t).
  float step_size;
  /// 1 / sqrt(1 - beta2^t).
  float root_scale;
  float epsilon;
};

/// One step of Adam in a single pass that also clears the gradient.
///
/// A value whose squared gradient is not finite stays as it is, with its moments.
/// Returns true if every gradient was finite.
bool dflab_adam_step(const struct dflab_adam *step, float *value, float *gradient, float *first,
                     float *second, size_t count);

/// One step of gradient descent: velocity = momentum * velocity + gradient, value -= rate * velocity;
/// otherwise as `dflab_adam_step`.
bool dflab_momentum_step(float gradient_scale, float momentum, float rate, float *value,
                         float *gradient, float *velocity, size_t count);

/// The sum of squares, in double precision and a fixed order.
double dflab_sum_of_squares(const float *values, size_t count);

/// average += share * (value - average).
void dflab_average_step(float share, const float *value, float *average, size_t count);

#endif
