// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about IP packets, of version 4 or 6.
 *
 * <p>The version is that of the addresses. Endpoints have both: sent, they use IPv4 unless {@link
 * #ipv6} is said; compared, either of their addresses will do.
 *
 * <pre>{@code
 * udp().from(web).to(db).ipv6().ttl(1)
 * tcp().from("198.51.100.0/24") // for recognizing only
 * }</pre>
 *
 * @param <S> the kind of packet
 */
public abstract class IpPacketSpec<S extends IpPacketSpec<S>> extends PayloadSpec<S> {

  IpPacketSpec(Constraints given) {
    super(given);
  }

  @Override
  public S from(Endpoint source) {
    return copy(given.with(Field.SOURCE_STATION, source).with(Field.SOURCE_IP, source));
  }

  /** With this source IP address. */
  public S from(IpAddress ip) {
    return with(Field.SOURCE_IP, ip);
  }

  /** With a source IP address in this prefix; such a packet can be recognized, not sent. */
  public S from(IpPrefix prefix) {
    return with(Field.SOURCE_IP, prefix);
  }

  /** With this source IP address, or one in this prefix if there is a {@code /}. */
  public S from(String ipOrPrefix) {
    return with(Field.SOURCE_IP, ipOrPrefix(ipOrPrefix));
  }

  @Override
  public S to(Endpoint destination) {
    return copy(
        given
            .without(Field.NEXT_HOP)
            .with(Field.DESTINATION_STATION, destination)
            .with(Field.DESTINATION_IP, destination));
  }

  /** With this destination IP address. */
  public S to(IpAddress ip) {
    return with(Field.DESTINATION_IP, ip);
  }

  /** With a destination IP address in this prefix; such a packet can be recognized, not sent. */
  public S to(IpPrefix prefix) {
    return with(Field.DESTINATION_IP, prefix);
  }

  /** With this destination IP address, or one in this prefix if there is a {@code /}. */
  public S to(String ipOrPrefix) {
    return with(Field.DESTINATION_IP, ipOrPrefix(ipOrPrefix));
  }

  private static Object ipOrPrefix(String text) {
    return text.indexOf('/') < 0 ? IpAddress.of(text) : IpPrefix.of(text);
  }

  /** IPv4, of whatever addresses. */
  public S ipv4() {
    return with(Field.IP_VERSION, 4);
  }

  /** IPv6; endpoints are sent from and to their IPv6 addresses. */
  public S ipv6() {
    return with(Field.IP_VERSION, 6);
  }

  /** With this IPv4 time to live or IPv6 hop limit, 0 to 255. */
  public S ttl(int hops) {
    return with(Field.TIME_TO_LIVE, hops);
  }

  /** With this differentiated services code point (RFC 2474), 0 to 63. */
  public S dscp(int codePoint) {
    return with(Field.DSCP, codePoint);
  }

  /** With this explicit congestion notification (RFC 3168), 0 to 3. */
  public S ecn(int bits) {
    return with(Field.ECN, bits);
  }

  /** With this IPv6 flow label (RFC 6437), 20 bits. */
  public S flowLabel(int label) {
    return with(Field.FLOW_LABEL, label);
  }

  /** With this identification: 16 bits in IPv4, 32 bits in an IPv6 fragment header. */
  public S identification(long identification) {
    return with(Field.IDENTIFICATION, identification);
  }

  /**
   * A fragment. Only the first (offset 0) has a transport header; the payload of the others is what
   * follows the IP header.
   *
   * @param offsetBytes where its bytes belong, a multiple of 8 up to 65,528
   * @param moreFragments whether others follow
   */
  public S fragment(int offsetBytes, boolean moreFragments) {
    if (offsetBytes % 8 != 0) {
      throw new IllegalArgumentException(
          "fragment offset " + offsetBytes + " is not a multiple of 8");
    }
    return copy(
        given
            .with(Field.FRAGMENT_OFFSET, offsetBytes)
            .with(Field.MORE_FRAGMENTS, moreFragments ? 1 : 0));
  }

  /** With the IPv4 flag that forbids routers to fragment it. */
  public S dontFragment() {
    return with(Field.DONT_FRAGMENT, 1);
  }

  /** With these IPv4 options, up to 40 bytes; sent, zeros fill them up to a multiple of 4. */
  public S ipOptions(byte[] options) {
    return with(Field.IP_OPTIONS, HeaderWords.padded(options));
  }

  /**
   * With one more IPv6 extension header, behind those said before.
   *
   * <p>Compared are as many as are said, from the first on; the fragment header does not count.
   *
   * @param protocol its number, such as {@link IpProtocol#HOP_BY_HOP}
   * @param header all of it, at least 8 bytes; the first, which says what follows, is filled in
   */
  public S extension(int protocol, byte[] header) {
    if (header.length < 8) {
      throw new IllegalArgumentException(
          "extension header of " + header.length + " bytes is below the 8 that it must have");
    }
    List<ExtensionHeader> headers = new ArrayList<>(extensions());
    headers.add(new ExtensionHeader(protocol, header.clone()));
    return with(Field.EXTENSIONS, List.copyOf(headers));
  }

  /** Claiming this length of the IP packet in bytes, whatever it really has. */
  public S totalLength(int bytes) {
    return with(Field.TOTAL_LENGTH, bytes);
  }

  /** Claiming this length of the IPv4 header in bytes, a multiple of 4 up to 60. */
  public S ipHeaderLength(int bytes) {
    return with(Field.IP_HEADER_LENGTH, HeaderWords.headerLength(bytes));
  }

  /** With this IPv4 header checksum, right or wrong. */
  public S ipChecksum(int checksum) {
    return with(Field.IP_CHECKSUM, checksum);
  }

  @Override
  public S withDefaultSource(Endpoint station) {
    return copy(given.orElse(Field.SOURCE_STATION, station).orElse(Field.SOURCE_IP, station));
  }

  @Override
  public @Nullable IpAddress destinationIp() {
    return address(Field.DESTINATION_IP);
  }

  @Override
  public @Nullable MacAddress destinationMac() {
    MacAddress said = super.destinationMac();
    return said == null ? IpHeader.groupMac(destinationIp()) : said;
  }

  @Override
  final MacAddress frameDestination() {
    check();
    return super.frameDestination();
  }

  /** Refuses what contradicts itself. */
  void check() {
    IpHeader.check(this);
    for (int i = 0; isLaterFragment() && i < given.size(); i++) {
      if (given.field(i).isInTransportHeader()) {
        throw new IllegalArgumentException(
            kind()
                + " fragment at "
                + given.number(Field.FRAGMENT_OFFSET, 0)
                + " has no "
                + given.field(i).label
                + "; only the first fragment, at 0, has");
      }
    }
  }

  /** The address to send from. */
  final IpAddress sourceIp() {
    IpAddress said = address(Field.SOURCE_IP);
    if (said != null) {
      return said;
    }
    return ipVersion() == 4 ? sourceStation().ipv4() : sourceStation().ipv6();
  }

  /** The address to send with, null if there is none. */
  final @Nullable IpAddress address(Field field) {
    Object value = given.get(field);
    if (value instanceof Endpoint endpoint) {
      return ipVersion() == 4 ? endpoint.ipv4() : endpoint.ipv6();
    }
    return value instanceof IpAddress ip ? ip : null;
  }

  @Override
  final int ipVersion() {
    if (given.has(Field.IP_VERSION)) {
      return given.integer(Field.IP_VERSION, 4);
    }
    if (given.get(Field.DESTINATION_IP) instanceof IpAddress ip) {
      return ip.version();
    }
    return given.get(Field.SOURCE_IP) instanceof IpAddress ip ? ip.version() : usualVersion();
  }

  int usualVersion() {
    return 4;
  }

  @SuppressWarnings("unchecked") // only extension() puts a list there
  final List<ExtensionHeader> extensions() {
    Object headers = given.get(Field.EXTENSIONS);
    return headers == null ? List.of() : (List<ExtensionHeader>) headers;
  }

  @Override
  Field kindField() {
    return Field.PROTOCOL;
  }

  @Override
  Object kindValue() {
    return (long) protocol();
  }

  abstract int protocol();

  /** Where the checksum stands in the transport header, {@link Packet#NONE} without one. */
  int checksumOffset() {
    return Checksums.offsetIn(protocol());
  }

  int usualTimeToLive() {
    return 64;
  }

  @Override
  final int etherType() {
    return ipVersion() == 4 ? EtherType.IPV4 : EtherType.IPV6;
  }

  final boolean isLaterFragment() {
    return given.number(Field.FRAGMENT_OFFSET, 0) > 0;
  }

  @Override
  final int bodyBytes() {
    int transport = isLaterFragment() ? payloadBytes() : transportBytes();
    return IpHeader.length(this) + transport;
  }

  @Override
  final void writeBody(byte[] frame, int at) {
    int transport = at + IpHeader.length(this);
    int end = transport + (isLaterFragment() ? payloadBytes() : transportBytes());
    IpHeader.write(this, frame, at, end);
    if (isLaterFragment()) {
      writePayload(frame, transport);
      return;
    }
    writeTransport(frame, transport);
    int checksum = checksumOffset();
    if (checksum != Packet.NONE) {
      Bytes.put16(
          frame, transport + checksum, checksum(frame, at, transport, transport + checksum, end));
    }
  }

  private int checksum(byte[] frame, int network, int transport, int at, int end) {
    int right = Checksums.transport(frame, network, ipVersion(), protocol(), transport, at, end);
    if (right == 0 && protocol() == IpProtocol.UDP) {
      right = 0xffff; // 0 would mean that there is none (RFC 768)
    }
    return given.integer(Field.CHECKSUM, right);
  }

  /** How many bytes follow the IP header in an unfragmented packet. */
  abstract int transportBytes();

  abstract void writeTransport(byte[] frame, int at);
}
