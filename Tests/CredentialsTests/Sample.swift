import Foundation
import Media
import TestSupport
import Testing

@testable import Credentials

/// Files and signers that tests share.
enum Sample {
  /// A file of `Reference`.
  static func reference(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path(name)))
  }

  static func path(_ name: String) throws -> String {
    try #require(Bundle.module.resourceURL).appending(path: "Reference/\(name)")
      .path(percentEncoded: false)
  }

  static func text(_ name: String) throws -> String {
    String(decoding: try reference(name), as: UTF8.self)
  }

  /// A signer whose key is always the same.
  static func signer(_ number: UInt8 = 7) throws -> CredentialsSigner {
    try CredentialsSigner(
      own: try #require(Ed25519Key([UInt8](repeating: number, count: 32))))
  }

  static func statement(
    _ ingredients: [CredentialsIngredient] = [],
    _ sourceType: String = MediaOrigin.trained.sourceType
  ) -> CredentialsStatement {
    CredentialsStatement(
      program: "dflab", version: "1.2", sourceType: sourceType, ingredients: ingredients)
  }

  /// A small picture without credentials.
  static func picture(_ format: PictureFormat, side: Int = 24) throws -> [UInt8] {
    try gradientPictures(1, side: side, seed: 3)[0].encoded(as: format, mark: nil)
  }

  /// The same with credentials.
  static func signed(
    _ format: PictureFormat, side: Int = 24, _ ingredients: [CredentialsIngredient] = []
  ) throws -> [UInt8] {
    try SignedPicture.bytes(
      of: try picture(format, side: side), statement(ingredients), signer: try signer())
  }

  /// A short video without credentials.
  static func video(_ path: String, frames: Int = 4) throws {
    let info = VideoInfo(width: 64, height: 48, frameRate: Rational(10, 1))
    var encoding = VideoEncoding()
    encoding.threads = 1
    let writer = try VideoWriter(path: path, encoding: encoding, of: info, mark: nil)
    for number in 0..<frames {
      let picture = Image(width: 64, height: 48, filled: Color(UInt8(40 * number), 90, 200))
      try writer.write(try VideoFrame(picture, timestamp: number, number: number, of: info))
    }
    try writer.finish()
  }

  static func report(_ bytes: [UInt8], _ trusted: TrustedSigners = TrustedSigners())
    -> CredentialsReport
  {
    CredentialsReport(of: Data(bytes), trusting: trusted)
  }
}
