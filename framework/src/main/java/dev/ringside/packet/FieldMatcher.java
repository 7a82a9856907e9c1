// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;
import java.util.List;

/** Compares a field of a packet with what a {@link PacketSpec} says about it. */
final class FieldMatcher {

  /** The value of a field that must be there and may be anything. */
  static final Object ANY = "any";

  private FieldMatcher() {}

  static boolean matches(Field field, Object expected, Packet packet) {
    if (!field.isCompared()) {
      return true;
    }
    if (field.isNumber()) {
      return acceptsNumber(field, expected, FieldReader.number(field, packet), packet);
    }
    Object actual = FieldReader.object(field, packet);
    return actual != null
        && (accepts(expected, actual)
            || (field == Field.PAYLOAD && mayBePadded(packet) && isPadded(expected, actual)));
  }

  private static boolean acceptsNumber(Field field, Object expected, long actual, Packet packet) {
    if (expected instanceof NumberRange range) {
      return range.contains(actual);
    }
    if (!(expected instanceof Long number)) {
      return actual != Packet.NONE;
    }
    boolean padded = field == Field.PAYLOAD_SIZE && number < actual && mayBePadded(packet);
    return number == actual || padded;
  }

  /** Whether padding may follow the payload without anything that says so. */
  private static boolean mayBePadded(Packet packet) {
    return packet.etherType() >= EtherType.LOWEST
        && packet.ipVersion() == 0
        && packet.length() == PacketSpec.SHORTEST_FRAME;
  }

  private static boolean isPadded(Object expected, Object actual) {
    byte[] payload = (byte[]) expected;
    byte[] padded = (byte[]) actual;
    return payload.length < padded.length
        && Arrays.equals(Arrays.copyOf(payload, padded.length), padded);
  }

  private static boolean accepts(Object expected, Object actual) {
    if (expected instanceof Endpoint endpoint) {
      return endpoint.ipv4().equals(actual) || endpoint.ipv6().equals(actual);
    }
    if (expected instanceof IpPrefix prefix) {
      return prefix.contains((IpAddress) actual);
    }
    if (expected instanceof byte[] bytes) {
      return Arrays.equals(bytes, (byte[]) actual);
    }
    if (expected instanceof FlagPattern flags) {
      return flags.accepts((Integer) actual);
    }
    if (expected instanceof Quote quote) {
      return quote.isSame((Quote) actual);
    }
    return expected instanceof List<?> list
        ? acceptsList(list, (List<?>) actual)
        : expected.equals(actual);
  }

  /** Tags are compared from the outermost on, as many as are said; none said means none there. */
  private static boolean acceptsList(List<?> expected, List<?> actual) {
    if (actual.size() < expected.size() || (expected.isEmpty() && !actual.isEmpty())) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      boolean accepted =
          expected.get(i) instanceof TagPattern pattern
              ? pattern.accepts((VlanTag) actual.get(i))
              : ((ExtensionHeader) expected.get(i)).isSame((ExtensionHeader) actual.get(i));
      if (!accepted) {
        return false;
      }
    }
    return true;
  }

  static FieldMismatch mismatch(Field field, Object expected, Packet packet) {
    String actual;
    if (field.isNumber()) {
      long number = FieldReader.number(field, packet);
      actual = number == Packet.NONE ? "none" : FieldText.number(field, number, packet.ipVersion());
    } else {
      Object value = FieldReader.object(field, packet);
      actual = value == null ? "none" : FieldText.object(value, packet.ipVersion());
    }
    return new FieldMismatch(
        field.label, FieldText.value(field, expected, packet.ipVersion()), actual);
  }
}
