import Testing

@testable import Workflows

struct NetworkAddressTests {
  // >>> import ipaddress; [ipaddress.ip_address(a).is_global for a in addresses]
  // Python 3.11 takes multicast for global, and does not look into mapped and translated addresses, which
  // are stated here by the address inside; 4000::1 is not assigned.
  @Test(arguments: [
    ("8.8.8.8", true), ("1.1.1.1", true), ("172.32.0.1", true), ("100.128.0.1", true),
    ("127.0.0.1", false), ("127.255.0.9", false), ("0.0.0.0", false), ("10.1.2.3", false),
    ("172.16.0.1", false), ("172.31.255.255", false), ("192.168.1.1", false),
    ("169.254.169.254", false), ("100.64.0.1", false), ("100.127.255.255", false),
    ("192.0.2.1", false), ("198.18.0.1", false), ("198.19.255.255", false),
    ("198.51.100.7", false), ("203.0.113.80", false), ("224.0.0.1", false), ("240.0.0.1", false),
    ("255.255.255.255", false), ("::", false), ("::1", false), ("fe80::1", false),
    ("fc00::1", false), ("fd12:3456::1", false), ("ff02::1", false), ("2001:db8::1", false),
    ("2001:0:4136::1", false), ("2002:7f00:1::", false), ("::ffff:127.0.0.1", false),
    ("::ffff:7f00:1", false), ("::ffff:8.8.8.8", true), ("64:ff9b::7f00:1", false),
    ("64:ff9b::808:808", true), ("3fff::1", false), ("4000::1", false),
    ("2606:4700::1111", true), ("2a00:1450:4001:800:0:0:0:8a", true),
  ])
  func onlyTheInternetIsPublic(text: String, isPublic: Bool) throws {
    #expect(try #require(NetworkAddress(text)).isPublic == isPublic)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.-4", "+1.2.3.4", "0x7f.0.0.1", "1.2.3.4 ",
    "fe80::1%eth0", "1::2::3", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::",
    "::1.2.3", "1.2.3.4::", "localhost",
  ])
  func otherTextIsNoAddress(text: String) {
    #expect(NetworkAddress(text) == nil)
  }
}
