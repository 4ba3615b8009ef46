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
    return isNear && camera.isRenderable
      && colors.allSatisfy { $0.min() >= 0 && $0.max() <= 100 }
  }
}

extension Camera {
  fileprivate var isRenderable: Bool {
    (30...1000).contains(distance) && (0.1...10).contains(zoom) && abs(shiftX) <= 2
      && abs(shiftY) <= 2 && (0...20).contains(blur) && (0...100).contains(noise)
      && (1...100).contains(jpegQuality) && (0...2).contains(vignette)
  }
}
