/// A record of a TensorBoard event file.
///
/// The fields are those of TensorFlow's `event.proto` and `summary.proto`.
struct BoardEvent {
  /// The content of a record.
  enum Content {
    /// The first record of a file.
    case version
    /// A session starts at this step: later steps seen before are void.
    case start
    /// Numbers by name.
    case scalars([(tag: String, value: Double)])
    /// A PNG under a name.
    case picture(tag: String, width: Int, height: Int, png: [UInt8])
  }

  /// Seconds since 1970.
  let time: Double
  let step: Int
  let content: Content

  /// The event as a record: its length and its bytes, each with a checksum.
  var record: [UInt8] {
    let data = message.bytes
    let length = LittleEndian.bytes(UInt64(data.count))
    return length + LittleEndian.bytes(CRC32C.masked(length)) + data
      + LittleEndian.bytes(CRC32C.masked(data))
  }

  private var message: ProtobufMessage {
    var event = ProtobufMessage()
    event.add(1, time)
    // As in all protocol buffers, 0 is omitted.
    if step > 0 { event.add(2, step) }
    switch content {
    case .version: event.add(3, "brain.Event:2")
    case .start:
      var session = ProtobufMessage()
      session.add(1, 1)
      event.add(7, session)
    case .scalars(let scalars):
      var summary = ProtobufMessage()
      for (tag, value) in scalars {
        var entry = ProtobufMessage()
        entry.add(1, tag)
        entry.add(2, Float(value))
        summary.add(1, entry)
      }
      event.add(5, summary)
    case .picture(let tag, let width, let height, let png):
      var picture = ProtobufMessage()
      picture.add(1, height)
      picture.add(2, width)
      picture.add(3, 3)
      picture.add(4, png)
      var (entry, summary) = (ProtobufMessage(), ProtobufMessage())
      entry.add(1, tag)
      entry.add(4, picture)
      summary.add(1, entry)
      event.add(5, summary)
    }
    return event
  }
}
