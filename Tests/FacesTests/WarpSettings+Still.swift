import Faces

extension WarpSettings {
  /// Settings without any chance.
  static var still: WarpSettings {
    var settings = WarpSettings()
    settings.rotation = 0
    settings.zoom = 0
    settings.shift = 0
    settings.flip = 0
    settings.warpDeviation = 0
    return settings
  }
}
