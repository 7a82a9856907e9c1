// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold for every kind of packet. */
class PacketSpecProperties {

  static Stream<PacketSpec> specs() {
    return SamplePackets.all().stream();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void what_is_sent_is_well_formed_and_its_checksums_are_right(PacketSpec spec) {
    Packet packet = spec.toPacket();

    assertThat(packet.malformationDescription()).isNull();
    assertThat(packet.checksumFault()).isNull();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void what_is_sent_is_recognized(PacketSpec spec) {
    Packet packet = spec.toPacket();

    assertThat(spec.mismatches(packet)).isEmpty();
    assertThat(spec.matches(packet)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void every_field_that_is_said_is_compared(PacketSpec spec) {
    Packet packet = spec.toPacket();

    for (int i = 0; i < spec.given.size(); i++) {
      Field field = spec.given.field(i);
      PacketSpec altered = spec.copy(spec.given.with(field, another(spec.given.value(i))));

      if (field.isCompared()) {
        assertThat(altered.mismatches(packet))
            .as("%s, compared with %s", altered, packet)
            .extracting(FieldMismatch::field)
            .containsExactly(field.label);
        assertThat(altered.matches(packet)).isFalse();
      } else {
        assertThat(altered.matches(packet)).isTrue();
      }
    }
  }

  private static Object another(Object value) {
    if (value instanceof Long number) {
      return number == 0 ? 1L : number - 1 == 0 ? 2L : number + 1;
    } else if (value instanceof byte[] bytes) {
      return anotherBytes(bytes);
    } else if (value instanceof MacAddress mac) {
      return new MacAddress(mac.bits() ^ 1);
    } else if (value instanceof Ipv4Address ip) {
      return new Ipv4Address(ip.bits() ^ 1);
    } else if (value instanceof Ipv6Address ip) {
      return new Ipv6Address(ip.high(), ip.low() ^ 1);
    } else if (value instanceof FlagPattern flags) {
      return new FlagPattern(flags.mask(), 0);
    } else if (value instanceof Quote) {
      return Quote.of(Packets.udp().to(SamplePackets.WEB).toPacket());
    } else if (value instanceof Endpoint) {
      return Endpoint.STATION;
    }
    return anotherList((List<?>) value);
  }

  private static byte[] anotherBytes(byte[] bytes) {
    byte[] other = bytes.clone();
    other[bytes.length - 1] ^= 1;
    return other;
  }

  /** Another value of the last element, so that all of them are seen to be compared. */
  private static List<?> anotherList(List<?> list) {
    if (list.isEmpty()) {
      return List.of(TagPattern.vlan(0));
    }
    List<Object> other = new ArrayList<>(list);
    int last = other.size() - 1;
    if (other.get(last) instanceof ExtensionHeader header) {
      other.set(last, new ExtensionHeader(header.protocol(), anotherBytes(header.bytes())));
    } else {
      TagPattern tag = (TagPattern) other.get(last);
      other.set(last, tag.withVlanId(tag.vlanId() ^ 1));
    }
    return other;
  }
}
