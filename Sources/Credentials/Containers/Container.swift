import Foundation

/// The file formats that hold a manifest store.
enum Container: Equatable {
  case jpeg, png, riff, bmff
  /// A manifest store by itself.
  case c2pa
  /// Any other file, which may have a sidecar.
  case other

  /// The format by a file's first bytes.
  init(of file: Data) {
    let head = Array(file.prefix(16))
    func has(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
      head.dropFirst(offset).starts(with: bytes)
    }
    if has([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if has(PNGFile.signature) {
      self = .png
    } else if has(Array("RIFF".utf8)) {
      self = .riff
    } else if has(Array("jumb".utf8), at: 4) {
      self = .c2pa
    } else if ["ftyp", "moov", "mdat", "wide", "free"].contains(where: {
      has(Array($0.utf8), at: 4)
    }) {
      self = .bmff
    } else {
      self = .other
    }
  }

  /// The media type, where the format alone tells it.
  var mediaType: String? {
    switch self {
    case .jpeg: "image/jpeg"
    case .png: "image/png"
    case .c2pa: "application/c2pa"
    case .riff, .bmff, .other: nil
    }
  }

  /// The media type by a file's extension.
  static func mediaType(ofExtension name: String) -> String? {
    let types = [
      "avi": "video/x-msvideo", "avif": "image/avif", "heic": "image/heic", "heif": "image/heif",
      "m4v": "video/mp4", "mkv": "video/x-matroska", "mov": "video/quicktime", "mp4": "video/mp4",
      "webm": "video/webm", "webp": "image/webp",
    ]
    return types[name.lowercased()]
  }

  /// The embedded store and where its bytes are; nil if there is none.
  func store(in file: Data) throws(CredentialsFault) -> EmbeddedStore? {
    switch self {
    case .jpeg: try JPEGFile.store(in: file)
    case .png: try PNGFile.store(in: file)
    case .riff: try RIFFFile.store(in: file)
    case .bmff: try BMFF.store(in: file)
    case .c2pa, .other: nil
    }
  }
}

/// A manifest store as a file holds it.
struct EmbeddedStore {
  let bytes: [UInt8]
  /// The part of the file that holds it, with the heads of segments, chunk or box.
  let range: Range<Int>
}
