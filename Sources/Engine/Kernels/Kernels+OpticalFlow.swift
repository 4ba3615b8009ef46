private import CKernels

/// Displacements between frames (`optical_flow.c`); float32.
extension Kernels {
  /// From each frame of clips `[N, T, H, W, 3]` to the next, `[N, T − 1, H, W, 2]`.
  static func opticalFlow(_ x: Tensor) -> Tensor {
    let (clips, frames) = (x.shape[0], x.shape[1])
    let (height, width) = (Int32(x.shape[2]), Int32(x.shape[3]))
    let y = Tensor(uninitialized: OpticalFlow.output(of: x.shape))
    let (pixels, pairs) = (x.shape[2] * x.shape[3], frames - 1)
    let size = dflab_flow_pyramid_size(height, width)
    let scratch = dflab_flow_scratch_size(height, width)
    let pyramids = Tensor(uninitialized: [clips * frames, size])
    ThreadPool.forEach(clips * frames) { frame in
      let own = Tensor(uninitialized: [scratch])
      unsafe dflab_flow_expand(
        x.floats + frame * pixels * 3, height, width, pyramids.floats + frame * size, own.floats)
    }
    ThreadPool.forEach(clips * pairs) { pair in
      let own = Tensor(uninitialized: [scratch])
      let first = unsafe pyramids.floats + (pair / pairs * frames + pair % pairs) * size
      unsafe dflab_flow_between(
        first, first + size, height, width, y.floats + pair * pixels * 2, own.floats)
    }
    return y
  }
}
