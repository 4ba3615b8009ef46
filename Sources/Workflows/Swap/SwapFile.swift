import Foundation
import Media

/// How the swap of a picture is called and encoded: as the picture, where that is PNG or JPEG.
struct SwapFile: Equatable {
  let name: String
  let format: PictureFormat

  /// - Parameter input: the name of the picture that is swapped.
  init(_ input: String) {
    switch (input as NSString).pathExtension.lowercased() {
    case "png": (name, format) = (input, .png)
    case "jpg", "jpeg", "jpe", "jfif": (name, format) = (input, .jpeg(quality: 95))
    default: (name, format) = ("\(input).png", .png)
    }
  }
}
