extension Scene {
  /// Whether all values are within the limits of the renderer, which are far wider than those of
  /// random scenes.
  var isRenderable: Bool {
    let parts: [Any] = [identity, expression, pose, light]
    let isNear = parts.allSatisfy { part in
      Mirror(reflecting: part).children.allSatisfy { child in
        (child.value as? Float).map { abs($0) <= 10 } ?? true
      }
    }
    let colors = [backdrop.color, backdrop.secondColor]
    return isNear && camera.isRenderable && (pulse?.isRenderable ?? true)
      && colors.allSatisfy { $0.min() >= 0 && $0.max() <= 100 }
  }
}

extension Camera {
  fileprivate var isRenderable: Bool {
    (30...1000).contains(distance) && (0.1...10).contains(zoom) && abs(shiftX) <= 2
      && abs(shiftY) <= 2 && (0...20).contains(blur) && (0...100).contains(noise)
      && (1...100).contains(jpegQuality ?? 100) && (0...2).contains(vignette)
      && (sensor?.isRenderable ?? true)
  }
}

extension Sensor {
  fileprivate var isRenderable: Bool {
    (0...0.2).contains(pattern) && (0...0.2).contains(lines)
  }
}

extension Pulse {
  fileprivate var isRenderable: Bool {
    (0...1).contains(phase) && (0.1...10).contains(period) && (0...0.2).contains(strength)
  }
}
