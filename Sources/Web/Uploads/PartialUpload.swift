import Foundation
import Records

/// A file that is sent in parts, and can be gone on with after an interruption.
struct PartialUpload: Encodable, Equatable, Sendable {
  /// What requests call it.
  let upload: String
  /// The name of the file, without folders.
  let name: String
  /// Its size, and how much of it has arrived, in bytes.
  let size, offset: Int

  var isComplete: Bool { offset == size }

  /// What is stored of a file while it arrives.
  fileprivate struct Note: Codable {
    let name: String
    let size: Int
  }
}

extension Uploads {
  static let note = ".upload.json"
  private static let data = ".data"
  /// The maximum number of unfinished uploads.
  private static let mostPartial = 100

  /// Begins a file that will be sent in parts.
  func begin(_ name: String, size: Int) throws -> PartialUpload {
    guard size >= 0 else {
      throw WebFault(.unprocessableContent, "'size' must not be negative.")
    }
    try checkRoom(for: size)
    let open = try RunFolder.names(in: folder).count {
      FileKind.isThere("\(folder)/\($0)/\(Uploads.note)")
    }
    guard open < Uploads.mostPartial else {
      throw WebFault(.tooManyRequests, "Too many uploads are unfinished. Remove some of them.")
    }
    let place = newFolder()
    let note = PartialUpload.Note(name: FileName.tamed(name), size: size)
    try RunFolder.make(place)
    try Lab.write(Data(), to: "\(place)/\(Uploads.data)")
    try Lab.write(Data(try JSONText.line(note)), to: "\(place)/\(Uploads.note)")
    return try close((place as NSString).lastPathComponent)
  }

  /// How far an upload is.
  func partial(_ upload: String) throws -> PartialUpload {
    let place = try self.place(of: upload)
    if let data = try RunFolder.contents(of: "\(place)/\(Uploads.note)") {
      let note = try JSONText.read(PartialUpload.Note.self, from: data)
      return PartialUpload(
        upload: upload, name: note.name, size: note.size,
        offset: Uploads.size(of: "\(place)/\(Uploads.data)"))
    }
    let names = try RunFolder.names(in: place).filter { !$0.hasPrefix(".") }
    guard names.count == 1, let name = names.first else { throw Uploads.unknown(upload) }
    let size = Uploads.size(of: "\(place)/\(name)")
    return PartialUpload(upload: upload, name: name, size: size, offset: size)
  }

  /// Adds the next part; what has arrived when the connection breaks is kept.
  ///
  /// - Parameter offset: where the part belongs, which is what has arrived before.
  func add(
    to upload: String, at offset: Int, _ body: RequestBody
  ) async throws -> PartialUpload {
    guard busy.take(upload) else {
      throw WebFault(.conflict, "Another request adds to the upload.")
    }
    defer { busy.release(upload) }
    let before = try partial(upload)
    guard before.offset == offset else {
      throw WebFault(.conflict, "\(before.offset) bytes have arrived, not \(offset).")
    }
    let path = "\(try place(of: upload))/\(Uploads.data)"
    if !before.isComplete {
      guard let file = FileHandle(forWritingAtPath: path) else { throw Uploads.unknown(upload) }
      defer { try? file.close() }
      try file.seekToEnd()
      try await atOnce(expecting: before.size - offset) {
        try await body.read(most: before.size - offset) { part in
          do {
            try file.write(contentsOf: part)
          } catch {
            throw RecordsError.unwritable(path: path, reason: RunFolder.reason(of: error))
          }
        }
      }
    }
    return try close(upload)
  }

  /// Makes an upload a finished one, if everything has arrived.
  private func close(_ upload: String) throws -> PartialUpload {
    let now = try partial(upload)
    let place = try place(of: upload)
    if now.isComplete, FileKind.isThere("\(place)/\(Uploads.note)") {
      try FileManager.default.moveItem(
        atPath: "\(place)/\(Uploads.data)", toPath: "\(place)/\(now.name)")
      try RunFolder.remove("\(place)/\(Uploads.note)")
    }
    return now
  }

  /// The finished uploads that a form names.
  func earlier(in form: WebForm) throws -> [(name: String, path: String)] {
    try form.fields.filter { $0.name.hasPrefix("upload-") }.map { name, upload in
      let partial = try partial(upload)
      guard partial.isComplete else {
        throw WebFault(.unprocessableContent, "The upload '\(upload)' is not complete.")
      }
      return (
        String(name.dropFirst("upload-".count)), "\(try place(of: upload))/\(partial.name)"
      )
    }
  }

  /// The folder of an upload that a request names.
  func place(of upload: String) throws(WebFault) -> String {
    let place = "\(folder)/\(upload)"
    guard !upload.isEmpty, upload.utf8.count < 64,
      upload.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == UInt8(ascii: "-")
      }), Workspace.isFolder(place)
    else { throw Uploads.unknown(upload) }
    return place
  }

  private static func unknown(_ upload: String) -> WebFault {
    WebFault(.notFound, "There is no upload '\(upload.prefix(64))'.")
  }

  static func size(of path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}
