// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * One field of a packet that is not as a {@link PacketSpec} says.
 *
 * <pre>{@code
 * udp().port(53).mismatches(packet); // [destination port: expected 53, was 54]
 * }</pre>
 *
 * @param field the name of the field
 * @param expected what the specification says
 * @param actual what the packet has, {@code none} where it has no such field
 */
public record FieldMismatch(String field, String expected, String actual) {

  @Override
  public String toString() {
    return field + ": expected " + expected + ", was " + actual;
  }
}
