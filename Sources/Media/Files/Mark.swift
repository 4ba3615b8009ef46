/// A statement in a picture's metadata about how it was made.
///
/// Written into PNG (a `Software` text and an XMP packet) and JPEG (an XMP packet), and with the
/// credentials of its seal.
public struct Mark: Sendable {
  /// The program and its version, such as `dflab 1.0.0`.
  public let software: String
  /// How the picture was made.
  public let origin: MediaOrigin
  /// What signs the marked files.
  let seal: any MarkSeal

  /// - Parameters:
  ///   - software: the program and its version.
  ///   - seal: signs the marked files; there is no mark without one.
  public init(_ origin: MediaOrigin, by software: String, sealedBy seal: any MarkSeal) {
    (self.origin, self.software, self.seal) = (origin, software, seal)
  }

  /// A term of IPTC's NewsCodes, as a URL.
  public var sourceType: String { origin.sourceType }

  /// The XMP packet, in UTF-8.
  var packet: [UInt8] { Mark.packet(origin, by: software) }

  /// The XMP packet of a mark, in UTF-8 (Adobe's XMP specification, part 1; IPTC's Photo Metadata 2023).
  public static func packet(_ origin: MediaOrigin, by software: String) -> [UInt8] {
    let text = """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
       <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about=""
          xmlns:xmp="http://ns.adobe.com/xap/1.0/"
          xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
          xmp:CreatorTool="\(Mark.escaped(software))"
          Iptc4xmpExt:DigitalSourceType="\(Mark.escaped(origin.sourceType))"/>
       </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>
      """
    return Array(text.utf8)
  }

  /// The program's name in Latin-1, as PNG text chunks require; other characters become `?`.
  var latinSoftware: [UInt8] {
    software.unicodeScalars.map { (0x20...0xFF).contains($0.value) ? UInt8($0.value) : 0x3F }
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\0"..<" ": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

/// Two marks are equal if they say the same.
extension Mark: Equatable {
  public static func == (one: Mark, other: Mark) -> Bool {
    one.software == other.software && one.origin == other.origin
  }
}
