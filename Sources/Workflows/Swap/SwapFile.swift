import Foundation
import Media

/// The name and format of a picture's swap: those of the picture, if it is PNG or JPEG.
struct SwapFile: Equatable {
  let name: String
  let format: PictureFormat

  /// - Parameter input: the name of the picture.
  init(_ input: String) {
    switch (input as NSString).pathExtension.lowercased() {
    case "png": (name, format) = (input, .png)
    case "jpg", "jpeg", "jpe", "jfif": (name, format) = (input, .jpeg(quality: 95))
    default: (name, format) = ("\(input).png", .png)
    }
  }
}
