private import CCairo

/// A drawing surface, in pixels from the top left corner; owns Cairo's handles.
///
/// Text is set in DejaVu Sans, without hinting, so that the same input gives the same pixels.
@safe struct Canvas: ~Copyable {
  /// Alignment of a text relative to its point.
  enum Anchor { case left, center, right }

  let width: Int
  let height: Int
  private let surface: OpaquePointer
  private let context: OpaquePointer

  init(width: Int, height: Int, color: Color) throws(MediaError) {
    self.width = width
    self.height = height
    let surface = unsafe cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32(clamping: width), Int32(clamping: height))
    let context = unsafe cairo_create(surface)
    guard unsafe cairo_status(context) == CAIRO_STATUS_SUCCESS, let surface = unsafe surface,
      let context = unsafe context
    else {
      let status = unsafe cairo_status(context)
      unsafe cairo_destroy(context)
      unsafe cairo_surface_destroy(surface)
      throw .undrawable(
        reason:
          "\(width)x\(height) pixels: \(unsafe String(cString: cairo_status_to_string(status)))")
    }
    unsafe self.surface = surface
    unsafe self.context = context
    let options = unsafe cairo_font_options_create()
    unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe cairo_set_font_options(context, options)
    unsafe cairo_font_options_destroy(options)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    fill(x: 0, y: 0, width: Double(width), height: Double(height), color)
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_destroy(surface)
  }

  /// The drawn picture.
  func image() -> Image {
    unsafe cairo_surface_flush(surface)
    let stride = unsafe Int(cairo_image_surface_get_stride(surface))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      preconditionFailure("a canvas of \(width)x\(height) has no pixels")
    }
    for y in 0..<height {
      let row = unsafe UnsafeRawPointer(data + y * stride)
      for x in 0..<width {
        let pixel = unsafe row.load(fromByteOffset: x * 4, as: UInt32.self)
        pixels.append(UInt8(truncatingIfNeeded: pixel >> 16))
        pixels.append(UInt8(truncatingIfNeeded: pixel >> 8))
        pixels.append(UInt8(truncatingIfNeeded: pixel))
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}

extension Canvas {
  func fill(x: Double, y: Double, width: Double, height: Double, _ color: Color) {
    ink(color)
    unsafe cairo_rectangle(context, x, y, width, height)
    unsafe cairo_fill(context)
  }

  /// A filled circle.
  func dot(x: Double, y: Double, radius: Double, _ color: Color) {
    ink(color)
    unsafe cairo_arc(context, x, y, radius, 0, 2 * Double.pi)
    unsafe cairo_fill(context)
  }

  /// A polyline; a single point draws nothing.
  func line(
    _ points: [(x: Double, y: Double)], width: Double = 1, _ color: Color
  ) {
    guard let first = points.first else { return }
    ink(color)
    unsafe cairo_set_line_width(context, width)
    unsafe cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { unsafe cairo_line_to(context, point.x, point.y) }
    unsafe cairo_stroke(context)
  }

  private func ink(_ color: Color) {
    unsafe cairo_set_source_rgb(
      context, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
  }
}

extension Canvas {
  /// Draws text on the baseline `y`.
  func text(
    _ text: String, x: Double, y: Double, size: Double, bold: Bool = false,
    anchor: Anchor = .left, _ color: Color
  ) {
    let extent = width(of: text, size: size, bold: bold)
    let start =
      switch anchor {
      case .left: x
      case .center: x - extent / 2
      case .right: x - extent
      }
    ink(color)
    unsafe cairo_move_to(context, start, y)
    unsafe cairo_show_text(context, text)
  }

  /// Draws text from bottom to top, centered at `y`, on the baseline `x`.
  func textUpwards(_ text: String, x: Double, y: Double, size: Double, _ color: Color) {
    unsafe cairo_save(context)
    unsafe cairo_translate(context, x, y)
    unsafe cairo_rotate(context, -Double.pi / 2)
    self.text(text, x: 0, y: 0, size: size, anchor: .center, color)
    unsafe cairo_restore(context)
  }

  /// The width of a text, in pixels.
  func width(of text: String, size: Double, bold: Bool = false) -> Double {
    unsafe cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    unsafe cairo_set_font_size(context, size)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// The text, truncated with "…" if it is wider than `room`.
  func fitted(_ text: String, in room: Double, size: Double, bold: Bool = false) -> String {
    guard width(of: text, size: size, bold: bold) > room else { return text }
    // The longest prefix that fits, by bisection.
    var (fits, fails) = (0, text.count)
    while fails - fits > 1 {
      let middle = (fits + fails) / 2
      let candidate = text.prefix(middle) + "…"
      if width(of: String(candidate), size: size, bold: bold) <= room {
        fits = middle
      } else {
        fails = middle
      }
    }
    return text.prefix(fits) + "…"
  }
}
