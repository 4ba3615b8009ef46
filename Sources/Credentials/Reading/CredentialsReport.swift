public import Foundation

/// What a file's Content Credentials say, and whether they hold.
public struct CredentialsReport: Codable, Equatable, Sendable {
  /// What became of the check.
  public enum Verdict: String, Codable, Sendable {
    /// There are no credentials.
    case absent
    /// The file is as it was signed, by a trusted signer.
    case valid
    /// The file is as it was signed, by a signer who is not known here.
    case untrusted
    /// The file or its credentials were changed after signing.
    case tampered
    /// There are credentials that cannot be read.
    case unreadable
  }

  /// A step of the file's making.
  public struct Action: Codable, Equatable, Sendable {
    /// Such as `c2pa.created`.
    public let action: String
    /// IPTC's term for what was made, as a URL.
    public let sourceType: String?
    /// The program.
    public let program: String?
  }

  /// A file that this one was made from.
  public struct Ingredient: Codable, Equatable, Sendable {
    public let title: String?
    /// The media type.
    public let format: String?
    /// Such as `parentOf`.
    public let relationship: String?
    /// Its name; dflab names files by their SHA-256 (RFC 6920).
    public let instance: String?
    /// The label of its own manifest, kept in this store; nil if it had none.
    public let manifest: String?
  }

  public internal(set) var verdict: Verdict
  /// What is wrong; each a sentence.
  public internal(set) var faults: [String] = []
  /// What to know besides; each a sentence.
  public internal(set) var remarks: [String] = []
  /// The name of the file that holds the credentials; nil if they are embedded.
  public internal(set) var sidecar: String?
  /// The label of the manifest.
  public internal(set) var manifest: String?
  /// The program that made the claim.
  public internal(set) var generator: String?
  public internal(set) var title: String?
  /// The signature's algorithm, such as `ES256`.
  public internal(set) var algorithm: String?
  /// The signer's certificate, then those that issued it.
  public internal(set) var chain: [CertificateSummary] = []
  public internal(set) var actions: [Action] = []
  public internal(set) var ingredients: [Ingredient] = []
  /// Whether others may train on the file, such as `cawg.ai_training: allowed`.
  public internal(set) var trainingMining: [String] = []
  /// The size of all manifests in bytes.
  public internal(set) var bytes = 0

  init(_ verdict: Verdict, faults: [String] = []) {
    (self.verdict, self.faults) = (verdict, faults)
  }

  /// The report of a file.
  ///
  /// - Parameter signers: whom the reader trusts.
  public init(ofFile path: String, trusting signers: TrustedSigners) throws {
    let file = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    self.init(of: file, at: path, trusting: signers)
  }

  /// The report of a file's bytes.
  ///
  /// - Parameter path: where it is, to find a sidecar; nil for bytes without a path.
  public init(of file: Data, at path: String? = nil, trusting signers: TrustedSigners) {
    do {
      guard let store = try FoundStore(of: file, at: path) else {
        self.init(.absent)
        return
      }
      self.init(of: store, in: file, trusting: signers)
    } catch {
      self.init(.unreadable, faults: ["The Content Credentials cannot be used: \(error.text)."])
    }
  }

  init(of found: FoundStore, in file: Data, trusting signers: TrustedSigners) {
    self.init(.unreadable)
    do throws(CredentialsFault) {
      let store = try ManifestStore(found.bytes[...])
      guard let active = store.active else { throw CredentialsFault.jumbf("there is no manifest") }
      self = try ManifestCheck(active, in: store).report(trusting: signers)
      try check(active, of: store, found, in: file)
      check(kept: store, by: active)
    } catch {
      verdict = .unreadable
      faults.append("The Content Credentials cannot be used: \(error.text).")
    }
    (sidecar, bytes) = (found.sidecar, found.bytes.count)
  }

  /// Checks what binds the manifest to the file.
  private mutating func check(
    _ active: ManifestStore.Manifest, of store: ManifestStore, _ found: FoundStore, in file: Data
  ) throws(CredentialsFault) {
    let bound = try store.bound(to: active)
    let outcome = try HashBinding(of: bound).check(
      found, in: file, isUpdated: bound.label != active.label)
    remarks += outcome.remarks
    if let fault = outcome.fault {
      faults.append(fault)
      verdict = .tampered
    }
  }

  /// Checks the manifests of the ingredients by themselves.
  private mutating func check(kept store: ManifestStore, by active: ManifestStore.Manifest) {
    for manifest in store.manifests where manifest.label != active.label {
      let report = try? ManifestCheck(manifest, in: store).report(trusting: TrustedSigners())
      if report?.verdict != .untrusted, report?.verdict != .valid {
        remarks.append("The credentials of an ingredient, '\(manifest.label.shown)', do not hold.")
      }
    }
  }
}
