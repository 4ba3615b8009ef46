private import CKernels

/// Pooling and resizing; float32.
extension Kernels {
  static func maxPool(_ x: Tensor, _ window: some SlidingWindow) -> Tensor {
    let y = Tensor(uninitialized: window.output(of: x.shape))
    unsafe eachRow(x, y, window) { image, rows, geometry in
      unsafe dflab_max_pool(
        x.image(image), y.image(image), geometry, rows.lowerBound, rows.upperBound)
    }
    return y
  }

  static func maxPoolBackward(_ dy: Tensor, x: Tensor, y: Tensor, _ window: some SlidingWindow)
    -> Tensor
  {
    let dx = Tensor(uninitialized: x.shape)
    unsafe eachImage(x, y, window) { image, geometry in
      unsafe dflab_max_pool_backward(
        x.image(image), y.image(image), dy.image(image), dx.image(image), geometry)
    }
    return dx
  }

  static func averagePool(_ x: Tensor, _ window: some SlidingWindow) -> Tensor {
    let y = Tensor(uninitialized: window.output(of: x.shape))
    unsafe eachRow(x, y, window) { image, rows, geometry in
      unsafe dflab_average_pool(
        x.image(image), y.image(image), geometry, rows.lowerBound, rows.upperBound)
    }
    return y
  }

  static func averagePoolBackward(_ dy: Tensor, shape: [Int], _ window: some SlidingWindow)
    -> Tensor
  {
    let dx = Tensor(uninitialized: shape)
    unsafe eachImage(dx, dy, window) { image, geometry in
      unsafe dflab_average_pool_backward(dy.image(image), dx.image(image), geometry)
    }
    return dx
  }

  /// Calls `body` with some rows of the output, counted through all frames of an image.
  private static func eachRow(
    _ x: Tensor, _ y: Tensor, _ window: some SlidingWindow,
    _ body: (_ image: Int, _ rows: Range<Int>, _ geometry: UnsafePointer<dflab_windows>) -> Void
  ) {
    var geometry = geometry(x, y, window)
    let rows = Int(geometry.out_frames * geometry.rows)
    unsafe withUnsafePointer(to: &geometry) { geometry in
      spread(
        y.shape[0] * rows, grain: grain(rowLength: x.count / max(1, x.shape[0] * rows))
      ) { part in
        var first = part.lowerBound
        while first < part.upperBound {
          let (image, start) = (first / rows, first % rows)
          let end = min(rows, start + part.upperBound - first)
          unsafe body(image, start..<end, geometry)
          first += end - start
        }
      }
    }
  }

  private static func eachImage(
    _ x: Tensor, _ y: Tensor, _ window: some SlidingWindow,
    _ body: (_ image: Int, _ geometry: UnsafePointer<dflab_windows>) -> Void
  ) {
    var geometry = geometry(x, y, window)
    unsafe withUnsafePointer(to: &geometry) { geometry in
      spread(x.shape[0], grain: grain(rowLength: x.count / max(1, x.shape[0]))) { images in
        for image in images { unsafe body(image, geometry) }
      }
    }
  }

  private static func geometry(
    _ x: Tensor, _ y: Tensor, _ window: some SlidingWindow
  ) -> dflab_windows {
    let own = window.geometry(of: x.shape)
    // A picture is a volume of one frame.
    let frames = x.shape.count == 5 ? (x.shape[1], y.shape[1]) : (1, 1)
    let (from, to) = (x.shape.suffix(3).map(Int32.init), y.shape.suffix(3).map(Int32.init))
    return dflab_windows(
      frames: Int32(frames.0), height: from[0], width: from[1], channels: from[2],
      out_frames: Int32(frames.1), rows: to[0], columns: to[1], kernel: Int32(own.kernel.side),
      stride: Int32(own.stride.side), kernel_frames: Int32(own.kernel.frames),
      frame_stride: Int32(own.stride.frames), frame_padding: Int32(own.padding.frames),
      row_padding: Int32(own.padding.rows), column_padding: Int32(own.padding.columns))
  }

  /// Resizes `[N, H, W, C]`; one tap for each row and column of the result.
  static func resize(_ x: Tensor, rows: [ResizeTap], columns: [ResizeTap]) -> Tensor {
    let (images, width, channels) = (x.shape[0], x.shape[2], x.shape[3])
    let y = Tensor(uninitialized: [images, rows.count, columns.count, channels])
    let line = columns.count * channels
    let columns = columns.map(tap)
    unsafe columns.withUnsafeBufferPointer { columns in
      spread(images * rows.count, grain: grain(rowLength: line)) { part in
        for row in part {
          unsafe dflab_resize_row(
            x.image(row / rows.count), y.floats + row * line, tap(rows[row % rows.count]),
            columns.baseAddress, columns.count, width, channels)
        }
      }
    }
    return y
  }

  /// Its adjoint: the gradient at an input of the given shape.
  static func resizeBackward(
    _ dy: Tensor, shape: [Int], rows: [ResizeTap], columns: [ResizeTap]
  ) -> Tensor {
    let dx = Tensor(zeros: shape)
    let (images, width, channels) = (shape[0], shape[2], shape[3])
    let line = columns.count * channels
    let columns = columns.map(tap)
    unsafe columns.withUnsafeBufferPointer { columns in
      spread(images, grain: grain(rowLength: rows.count * line)) { part in
        for image in part {
          for row in rows.indices {
            unsafe dflab_resize_row_backward(
              dy.image(image) + row * line, dx.image(image), tap(rows[row]), columns.baseAddress,
              columns.count, width, channels)
          }
        }
      }
    }
    return dx
  }

  private static func tap(_ tap: ResizeTap) -> dflab_tap {
    dflab_tap(first: Int32(tap.first), second: Int32(tap.second), weight: tap.weight)
  }
}

extension Tensor {
  /// The values of one image of a float32 batch.
  fileprivate func image(_ index: Int) -> UnsafeMutablePointer<Float> {
    unsafe floats + index * (count / max(1, shape[0]))
  }
}
