// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the IP header that an {@link IpPacketSpec} says. */
final class IpHeader {

  private static final Field[] IPV4_ONLY = {
    Field.DONT_FRAGMENT, Field.IP_OPTIONS, Field.IP_HEADER_LENGTH, Field.IP_CHECKSUM
  };
  private static final Field[] IPV6_ONLY = {Field.FLOW_LABEL, Field.EXTENSIONS};

  private IpHeader() {}

  /** How long the header is, with options and extension headers. */
  static int length(IpPacketSpec<?> spec) {
    if (spec.ipVersion() == 4) {
      return Layout.IPV4_BYTES
          + (spec.given.get(Field.IP_OPTIONS) instanceof byte[] options ? options.length : 0);
    }
    int length = Layout.IPV6_BYTES;
    for (ExtensionHeader header : spec.extensions()) {
      length += header.bytes().length;
    }
    return spec.given.has(Field.FRAGMENT_OFFSET) ? length + 8 : length;
  }

  /** Refuses what contradicts itself, or what a header cannot say. */
  static void check(IpPacketSpec<?> spec) {
    refusePrefix(spec, Field.SOURCE_IP);
    refusePrefix(spec, Field.DESTINATION_IP);
    boolean ipv4 = spec.ipVersion() == 4;
    for (Field field : ipv4 ? IPV6_ONLY : IPV4_ONLY) {
      if (spec.given.has(field)) {
        throw new IllegalArgumentException(
            spec.kind() + " packet over IPv" + spec.ipVersion() + " cannot have " + field.label);
      }
    }
    if (ipv4) {
      refuseMoreThan16Bits(spec, Field.IDENTIFICATION);
      refuseMoreThan16Bits(spec, Field.TOTAL_LENGTH);
    } else if (spec.given.has(Field.IDENTIFICATION) && !spec.given.has(Field.FRAGMENT_OFFSET)) {
      throw new IllegalArgumentException(
          spec.kind()
              + " packet over IPv6 has an identification only as a fragment;"
              + " say fragment(offset, more)");
    }
  }

  private static void refusePrefix(IpPacketSpec<?> spec, Field field) {
    Object value = spec.given.get(field);
    if (value instanceof IpPrefix) {
      throw new IllegalArgumentException(
          spec.kind()
              + " packet cannot be sent "
              + field.word
              + " the prefix "
              + value
              + "; say one address");
    }
  }

  private static void refuseMoreThan16Bits(IpPacketSpec<?> spec, Field field) {
    long number = spec.given.number(field, 0);
    if (number > 0xffff) {
      throw new IllegalArgumentException(
          field.label + " " + number + " is not in 0 to 65535, as it must be over IPv4");
    }
  }

  static void write(IpPacketSpec<?> spec, byte[] frame, int at, int end) {
    IpAddress source = spec.sourceIp();
    IpAddress destination = spec.destinationIp();
    if (destination == null) {
      throw new IllegalArgumentException(
          spec.kind() + " packet has no destination IP address; say to(vm), or add to(ip)");
    }
    checkVersion(spec, source);
    checkVersion(spec, destination);
    byte[] sourceBytes = source.toByteArray();
    byte[] destinationBytes = destination.toByteArray();
    int addresses = at + (spec.ipVersion() == 4 ? 12 : 8);
    System.arraycopy(sourceBytes, 0, frame, addresses, sourceBytes.length);
    System.arraycopy(
        destinationBytes, 0, frame, addresses + sourceBytes.length, destinationBytes.length);
    if (spec.ipVersion() == 4) {
      writeIpv4(spec, frame, at, end);
    } else {
      writeIpv6(spec, frame, at, end);
    }
  }

  private static void checkVersion(IpPacketSpec<?> spec, IpAddress address) {
    if (address.version() != spec.ipVersion()) {
      throw new IllegalArgumentException(
          spec.kind()
              + " packet over IPv"
              + spec.ipVersion()
              + " cannot have the address "
              + address);
    }
  }

  private static void writeIpv4(IpPacketSpec<?> spec, byte[] b, int at, int end) {
    Constraints given = spec.given;
    byte[] options = given.get(Field.IP_OPTIONS) instanceof byte[] said ? said : new byte[0];
    int header = given.integer(Field.IP_HEADER_LENGTH, Layout.IPV4_BYTES + options.length);
    b[at] = (byte) (0x40 | header / 4);
    b[at + 1] = (byte) trafficClass(given);
    Bytes.put16(b, at + 2, given.integer(Field.TOTAL_LENGTH, end - at));
    Bytes.put16(b, at + 4, given.integer(Field.IDENTIFICATION, 0));
    int flags =
        given.integer(Field.DONT_FRAGMENT, 0) << 14 | given.integer(Field.MORE_FRAGMENTS, 0) << 13;
    Bytes.put16(b, at + 6, flags | given.integer(Field.FRAGMENT_OFFSET, 0) / 8);
    b[at + 8] = (byte) given.integer(Field.TIME_TO_LIVE, spec.usualTimeToLive());
    b[at + 9] = (byte) spec.protocol();
    System.arraycopy(options, 0, b, at + Layout.IPV4_BYTES, options.length);
    int right = Checksums.ipv4Header(b, at, at + Layout.IPV4_BYTES + options.length);
    Bytes.put16(b, at + 10, given.integer(Field.IP_CHECKSUM, right));
  }

  private static int trafficClass(Constraints given) {
    return given.integer(Field.DSCP, 0) << 2 | given.integer(Field.ECN, 0);
  }

  private static void writeIpv6(IpPacketSpec<?> spec, byte[] b, int at, int end) {
    Constraints given = spec.given;
    Bytes.put32(b, at, 6 << 28 | trafficClass(given) << 20 | given.integer(Field.FLOW_LABEL, 0));
    int total = given.integer(Field.TOTAL_LENGTH, end - at);
    Bytes.put16(b, at + 4, Math.max(0, total - Layout.IPV6_BYTES));
    b[at + 7] = (byte) given.integer(Field.TIME_TO_LIVE, spec.usualTimeToLive());
    int saidAt = at + 6; // where the number of the next header goes
    int header = at + Layout.IPV6_BYTES;
    List<ExtensionHeader> extensions = spec.extensions();
    for (ExtensionHeader extension : extensions) {
      b[saidAt] = (byte) extension.protocol();
      System.arraycopy(extension.bytes(), 0, b, header, extension.bytes().length);
      saidAt = header;
      header += extension.bytes().length;
    }
    if (given.has(Field.FRAGMENT_OFFSET)) {
      b[saidAt] = (byte) IpProtocol.FRAGMENT;
      Bytes.put16(
          b,
          header + 2,
          given.integer(Field.FRAGMENT_OFFSET, 0) | given.integer(Field.MORE_FRAGMENTS, 0));
      Bytes.put32(b, header + 4, given.integer(Field.IDENTIFICATION, 0));
      saidAt = header;
    }
    b[saidAt] = (byte) spec.protocol();
  }

  /** The MAC address for all stations that an IP address means, null if it is one station's. */
  static @Nullable MacAddress groupMac(@Nullable IpAddress ip) {
    if (ip == null) {
      return null;
    }
    if (ip.equals(Ipv4Address.BROADCAST)) {
      return MacAddress.BROADCAST;
    }
    if (!ip.isMulticast()) {
      return null;
    }
    return ip instanceof Ipv6Address group
        ? group.multicastMac()
        : ((Ipv4Address) ip).multicastMac();
  }
}
