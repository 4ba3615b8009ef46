/// Why a file is not downloaded.
public enum FetchError: Error, Equatable, CustomStringConvertible {
  /// The text is no address of the web.
  case badAddress(String)
  /// The name of the host has no address.
  case unknownHost(String)
  /// The host is this machine, or in one of its networks.
  case localAddress(String)
  /// A page's video is on this machine, or in one of its networks.
  case localVideo(String)
  /// The program that downloads videos of pages cannot be kept from local addresses.
  case unguarded
  /// There are too many redirections.
  case redirections(String, most: Int)
  /// The server answers with something else than a file.
  case refused(String, status: Int)
  /// The file is larger than allowed.
  case tooLarge(String, most: Int)
  /// The address leads to a page, and there is no program that finds its video.
  case page(String)
  /// The address leads to something that is neither picture nor video.
  case otherKind(String, type: String)
  /// The download failed.
  case failed(String, reason: String)
  /// A program that is needed is not installed.
  case missingProgram(String)

  public var description: String {
    switch self {
    case .badAddress(let text):
      "'\(text)' is not a web address. Give one such as https://example.org/clip.mp4."
    case .unknownHost(let host):
      "No machine called '\(host)' is known. Check the address and the network."
    case .localAddress(let address):
      "'\(address)' leads to this machine or its local network. Use --allow-local-urls to permit that."
    case .localVideo(let address):
      "'\(address)' names a video of this machine or its local network. Use --allow-local-urls to permit that."
    case .unguarded:
      "yt-dlp cannot be kept from addresses of the local network. Install version 2025.3.21 or newer."
    case .redirections(let address, let most):
      "'\(address)' redirects more than \(most) times. Give the file's own address."
    case .refused(let address, let status):
      "'\(address)' answers with status \(status). Check the address."
    case .tooLarge(let address, let most):
      "'\(address)' is larger than \(most) MB. Raise the limit with --max-size, or with --max-upload of "
        + "'dflab serve'."
    case .page(let address):
      "'\(address)' is a web page. Install yt-dlp for the videos in pages ('pip install yt-dlp'), or give "
        + "the file's own address."
    case .otherKind(let address, let type):
      "'\(address)' is neither a picture nor a video, but \(type). Give the address of one."
    case .failed(let address, let reason):
      "'\(address)' cannot be downloaded: \(reason). Try again, or download it with a browser."
    case .missingProgram(let name):
      "Downloads need the program '\(name)'. Install it, for example with 'apt install \(name)'."
    }
  }
}
