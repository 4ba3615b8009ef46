import Foundation

/// Writes credentials into pictures.
public enum SignedPicture {
  /// A JPEG or PNG file with credentials.
  ///
  /// - Parameter file: the encoded picture, without credentials.
  public static func bytes(
    of file: [UInt8], _ statement: CredentialsStatement, signer: CredentialsSigner
  ) throws -> [UInt8] {
    let data = Data(file)
    let container = Container(of: data)
    let place: Int
    let embedded: ([UInt8]) -> [UInt8]
    do {
      guard try container.store(in: data) == nil else {
        throw CredentialsError.unsignable(reason: "the picture has some already")
      }
      switch container {
      case .jpeg: (place, embedded) = (try JPEGFile.place(in: data), JPEGFile.segments)
      case .png: (place, embedded) = (try PNGFile.place(in: data), PNGFile.chunk)
      default: throw CredentialsError.unsignable(reason: "the picture is neither JPEG nor PNG")
      }
    } catch let fault as CredentialsFault {
      throw CredentialsError.unsignable(reason: fault.text)
    }
    let writer = ManifestWriter(statement, signer, contents: HashAlgorithm.sha256.hash(file))
    func store(_ hash: [UInt8], _ size: Int, isDraft: Bool = false) throws -> [UInt8] {
      embedded(
        try writer.store(
          .data(excluding: place..<place + size, hash: hash), isDraft: isDraft))
    }
    let size = try store([UInt8](repeating: 0, count: 32), 0, isDraft: true).count
    var hash = HashAlgorithm.Running(.sha256)
    hash.update(file[..<place])
    hash.update(file[place...])
    let bytes = try store(hash.bytes, size)
    precondition(bytes.count == size, "a manifest store grew while it was written")
    return file[..<place] + bytes + file[place...]
  }
}
