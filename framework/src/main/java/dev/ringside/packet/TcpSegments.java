// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;

/**
 * The segments that one end of a TCP connection sends: their headers differ in numbers only, so
 * that a sentence is needed for the first one alone.
 *
 * <pre>{@code
 * TcpSegments segments = new TcpSegments(tcp().from(web).to(db).fromPort(49_152).port(80).toPacket());
 * Packet first = segments.segment(TcpSpec.ACK, 1, 1, 65_535, bytes, 0, 1_460);
 * }</pre>
 *
 * <p>Lengths and checksums are right. A segment allocates itself and its bytes, nothing else.
 */
public final class TcpSegments {

  private final byte[] head;
  private final int network;
  private final int transport;
  private final int version;

  /**
   * Creates them.
   *
   * @param example a segment whose Ethernet, VLAN and IP headers and ports all others have; its
   *     options and payload do not count
   * @throws IllegalArgumentException if it is no TCP segment
   */
  public TcpSegments(Packet example) {
    if (!example.is(IpProtocol.TCP)) {
      throw new IllegalArgumentException("not a TCP segment: " + example);
    }
    this.network = example.networkOffset();
    this.transport = example.transportOffset();
    this.version = example.ipVersion();
    this.head = Arrays.copyOf(example.trustedBytes(), transport + Layout.TCP_BYTES);
    head[transport + 12] = (Layout.TCP_BYTES / 4) << 4;
  }

  /**
   * A segment.
   *
   * @param flags such as {@link TcpSpec#ACK}
   * @param sequence its sequence number, 32 bits
   * @param acknowledgement its acknowledgement number, 32 bits
   * @param window the window as it stands in the header, 0 to 65535
   * @param data where its payload is copied from
   * @param from where in it that starts
   * @param count how many bytes there are
   */
  public Packet segment(
      int flags, int sequence, int acknowledgement, int window, byte[] data, int from, int count) {
    int end = head.length + count;
    byte[] frame = new byte[Math.max(PacketSpec.SHORTEST_FRAME, end)];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(data, from, frame, head.length, count);
    Bytes.put32(frame, transport + 4, sequence);
    Bytes.put32(frame, transport + 8, acknowledgement);
    frame[transport + 13] = (byte) flags;
    Bytes.put16(frame, transport + 14, window);
    writeLength(frame, end);
    int at = transport + Checksums.offsetIn(IpProtocol.TCP);
    int checksum = Checksums.transport(frame, network, version, IpProtocol.TCP, transport, at, end);
    Bytes.put16(frame, at, checksum);
    return Packet.ofTrusted(frame);
  }

  private void writeLength(byte[] frame, int end) {
    if (version == 4) {
      Bytes.put16(frame, network + 2, end - network);
      Bytes.put16(frame, network + 10, Checksums.ipv4Header(frame, network));
    } else {
      Bytes.put16(frame, network + 4, end - network - Layout.IPV6_BYTES);
    }
  }

  /**
   * Copies payload out of a segment.
   *
   * @param skip how many bytes of the payload are left out
   * @throws IndexOutOfBoundsException if they do not fit, or there are fewer
   */
  public static void copyPayload(Packet segment, int skip, byte[] target, int at, int count) {
    System.arraycopy(segment.trustedBytes(), segment.payloadOffset() + skip, target, at, count);
  }
}
