// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of pcapng that is sound. What is not, see {@link DamagedPcapngTest}. */
class PcapngReadingTest {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int RESOLUTION = 9;
  private static final int OFFSET = 14;

  enum Order {
    BIG,
    LITTLE
  }

  private static CaptureBytes bytes(Order order) {
    return new CaptureBytes(order == Order.BIG ? BIG_ENDIAN : LITTLE_ENDIAN);
  }

  private static CaptureBytes section() {
    return new CaptureBytes(LITTLE_ENDIAN).section();
  }

  @ParameterizedTest
  @EnumSource
  void reads_all_three_kinds_of_packets_in_both_byte_orders(Order order) {
    List<CapturedPacket> packets =
        bytes(order)
            .section()
            .ethernet()
            .enhanced(0, 1_700_000_000_123_456L, frame(61))
            .obsolete(0, 3, 1_700_000_000_123_457L, frame(62))
            .simple(63, frame(63))
            .readAll();

    assertThat(packets)
        .extracting(CapturedPacket::nanos)
        .containsExactly(
            1_700_000_000_123_456_000L, 1_700_000_000_123_457_000L, CapturedPacket.NO_TIME);
    assertThat(packets)
        .extracting(captured -> captured.packet().toByteArray())
        .containsExactly(frame(61), frame(62), frame(63));
    assertThat(packets).extracting(CapturedPacket::originalLength).containsExactly(61, 62, 63);
    assertThat(packets).extracting(CapturedPacket::hasTime).containsExactly(true, true, false);
  }

  @Test
  void gives_each_section_its_byte_order_and_interfaces_of_its_own() {
    CaptureBytes first = bytes(Order.LITTLE).section();
    first.ethernet(named("a", Order.LITTLE)).ethernet(named("b", Order.LITTLE));
    first.enhanced(1, 1_000, frame(60));
    CaptureBytes second = bytes(Order.BIG).section().ethernet(named("c", Order.BIG));
    second.enhanced(0, 2_000, frame(61));

    List<CapturedPacket> packets = first.raw(second.bytes()).raw(section().bytes()).readAll();

    assertThat(packets).extracting(CapturedPacket::interfaceName).containsExactly("b", "c");
    assertThat(packets).extracting(CapturedPacket::interfaceIndex).containsExactly(1, 2);
    assertThat(packets).extracting(CapturedPacket::nanos).containsExactly(1_000_000L, 2_000_000L);
  }

  /** The same instant, 1.5 s after 1970 began, in ticks of every size. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0x00 |                    1 | 1000000000
          0x01 |                   15 | 1500000000
          0x03 |                 1500 | 1500000000
          0x06 |              1500000 | 1500000000
          0x09 |           1500000000 | 1500000000
          0x0c |        1500000000001 | 1500000000
          0x12 |  1500000000999999999 | 1500000000
          0x80 |                    1 | 1000000000
          0x81 |                    3 | 1500000000
          0x94 |              1572864 | 1500000000
          0xa0 |           6442450944 | 1500000000
          0xbe |  6917529027641081856 | 1500000000
          """)
  void counts_time_in_powers_of_ten_and_two(int resolution, long ticks, long nanos) {
    CaptureBytes options = section().nothing().option(RESOLUTION, new byte[] {(byte) resolution});

    assertThat(section().ethernet(options).enhanced(0, ticks, frame(60)).readAll())
        .extracting(CapturedPacket::nanos)
        .containsExactly(nanos);
  }

  @ParameterizedTest
  @EnumSource
  void counts_time_from_another_second(Order order) {
    CaptureBytes options = bytes(order).nothing();
    options.raw(bytes(order).u16(OFFSET).u16(8).u64(1_000_000).bytes());
    options.option(RESOLUTION, new byte[] {9});
    CaptureBytes negative =
        bytes(order).nothing().raw(bytes(order).u16(OFFSET).u16(8).u64(-2).bytes());

    List<CapturedPacket> packets =
        bytes(order)
            .section()
            .ethernet(options)
            .ethernet(negative)
            .enhanced(0, 5, frame(60))
            .enhanced(1, 1, frame(60))
            .readAll();

    assertThat(packets)
        .extracting(CapturedPacket::nanos)
        .containsExactly(1_000_000_000_000_005L, -1_999_999_000L);
  }

  @Test
  void keeps_the_original_length_of_a_truncated_snapshot() {
    CaptureBytes bytes = section().interfaceOf(1, 64, section().nothing());
    bytes.enhanced(0, 0, 60, 1514, frame(60), bytes.nothing());
    bytes.simple(1514, frame(64));

    List<CapturedPacket> packets = bytes.readAll();

    assertThat(packets).extracting(CapturedPacket::originalLength).containsExactly(1514, 1514);
    assertThat(packets).extracting(captured -> captured.packet().length()).containsExactly(60, 64);
    assertThat(packets).allMatch(CapturedPacket::isTruncated);
  }

  @Test
  void skips_blocks_and_options_that_it_does_not_know() {
    CaptureBytes unknown = section().nothing().u64(1).u32(2);
    CaptureBytes options =
        section().nothing().option(77, frame(5)).option(2, "eth0".getBytes()).u32(0);
    options.raw(frame(8)); // behind the end mark, anything goes

    List<CapturedPacket> packets =
        section()
            .block(4, unknown)
            .ethernet(options)
            .block(0x8000_0001, section().nothing())
            .enhanced(0, 0, 60, 60, frame(60), section().nothing().option(2, frame(4)))
            .block(0x0bad, section().nothing().raw(frame(100_000)))
            .enhanced(0, 0, frame(61))
            .readAll();

    assertThat(packets).extracting(CapturedPacket::interfaceName).containsExactly("eth0", "eth0");
    assertThat(packets).extracting(CapturedPacket::originalLength).containsExactly(60, 61);
  }

  @Test
  void reads_comments_in_their_order() {
    CaptureBytes options =
        section().nothing().comment("first").option(2, frame(4)).comment("").comment("größer");

    assertThat(section().ethernet().enhanced(0, 0, 61, 61, frame(61), options).readAll())
        .extracting(CapturedPacket::comments)
        .containsExactly(List.of("first", "", "größer"));
  }

  @Test
  void minds_no_interface_of_another_link_type_without_packets() {
    CaptureBytes bytes = section().interfaceOf(113, 0, section().nothing()).ethernet();

    assertThat(bytes.enhanced(1, 0, frame(60)).readAll()).hasSize(1);
  }

  @Test
  void takes_version_1_2_for_1_0() {
    CaptureBytes header = section().nothing().u32(0x1a2b3c4d).u16(1).u16(2).u64(-1);

    assertThat(section().nothing().block(SECTION_HEADER, header).readAll()).isEmpty();
  }

  private static CaptureBytes named(String name, Order order) {
    return bytes(order).option(2, name.getBytes());
  }
}
