// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.CaptureBytes.Outcome;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: no exception but the one, no packet lost before it, no memory for a lie. */
class AnyBytesTest {
  private static final int MUTANTS = 10_000;
  private static final int[] EXTREMES = {
    0,
    1,
    3,
    4,
    12,
    28,
    32,
    0xffff,
    0x10000,
    262_144,
    262_145,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1
  };

  static List<byte[]> captures() {
    return List.of(
        pcap(LITTLE_ENDIAN), pcap(BIG_ENDIAN), pcapng(LITTLE_ENDIAN), pcapng(BIG_ENDIAN));
  }

  private static byte[] pcap(ByteOrder order) {
    CaptureBytes bytes = new CaptureBytes(order).pcapHeader(0xa1b2c3d4);
    for (int i = 0; i < 6; i++) {
      bytes.pcapPacket(i, i, frame(20 + i));
    }
    return bytes.bytes();
  }

  private static byte[] pcapng(ByteOrder order) {
    CaptureBytes bytes = new CaptureBytes(order);
    CaptureBytes options = bytes.nothing().option(2, "p0".getBytes()).option(9, new byte[] {9});
    bytes.section().ethernet(options.u32(0)).ethernet();
    bytes.enhanced(0, 1, frame(21)).obsolete(1, 0, 2, frame(22)).simple(23, frame(23));
    bytes.block(5, bytes.nothing().u64(7));
    bytes.enhanced(1, 3, 20, 90, frame(20), bytes.nothing().comment("why").u32(0));
    return bytes.section().ethernet().simple(24, frame(24)).bytes();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void mutants_give_packets_and_at_most_one_capture_exception(byte[] sound) {
    Random random = new Random(0x5eed);
    int damaged = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(sound.clone(), random);
      Outcome outcome = CaptureBytes.read(mutant);
      if (outcome.error() != null) {
        damaged++;
        assertThat(outcome.error().packetsBefore()).isEqualTo(outcome.packets().size());
        assertThat(outcome.error().offset()).isBetween(0L, (long) mutant.length);
      }
    }
    assertThat(damaged).isBetween(MUTANTS / 4, MUTANTS - 1);
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length - 4);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> putExtreme(bytes, at & ~3, random);
        default -> System.arraycopy(bytes, random.nextInt(bytes.length - 4), bytes, at, 4);
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static void putExtreme(byte[] bytes, int at, Random random) {
    int value = EXTREMES[random.nextInt(EXTREMES.length)];
    int word = random.nextBoolean() ? value : Integer.reverseBytes(value);
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (word >> 8 * i);
    }
  }

  @Test
  void noise_behind_each_magic_gives_at_most_one_capture_exception() {
    Random random = new Random(0x5eed);
    byte[] noise = new byte[200];
    List<byte[]> captures = captures();
    for (int i = 0; i < MUTANTS; i++) {
      random.nextBytes(noise);
      byte[] magic = captures.get(i % 4);
      System.arraycopy(magic, 0, noise, 0, random.nextBoolean() ? 4 : 48);
      Outcome outcome = CaptureBytes.read(noise);
      assertThat(outcome.error()).isNotNull();
    }
  }

  /** Cut anywhere, a file gives the packets that are whole, and an error unless it ends between. */
  @ParameterizedTest
  @MethodSource("captures")
  void a_cut_loses_nothing_before_it(byte[] sound) {
    List<CapturedPacket> all = CaptureBytes.read(sound).packets();
    int known = 0;
    for (int length = 0; length <= sound.length; length++) {
      Outcome outcome = CaptureBytes.read(Arrays.copyOf(sound, length));
      int packets = outcome.packets().size();
      assertThat(packets).as("packets of the first %d bytes", length).isBetween(known, known + 1);
      if (packets > known) {
        assertThat(outcome.error()).as("error of the first %d bytes", length).isNull();
        known = packets;
      }
      for (int i = 0; i < packets; i++) {
        assertThat(outcome.packets().get(i).packet().hasSameBytes(all.get(i).packet())).isTrue();
      }
    }
    assertThat(known).isEqualTo(all.size());
  }

  @Test
  void a_length_that_lies_takes_no_memory() {
    CaptureBytes pcap = new CaptureBytes(LITTLE_ENDIAN).pcapHeader(0xa1b2c3d4);
    assertTakesLittle(pcap.pcapPacket(0, 0, 262_144, 262_144, frame(60)).bytes());
    CaptureBytes section = new CaptureBytes(LITTLE_ENDIAN).section().ethernet();
    byte[] before = section.bytes();
    for (int type : new int[] {1, 2, 3, 6, 0x0a0d0d0a, 0x0bad}) {
      CaptureBytes lie = section.nothing().raw(before).u32(type).u32(1 << 24);
      assertTakesLittle(lie.u32(0x1a2b3c4d).raw(frame(60)).bytes());
    }
  }

  private static void assertTakesLittle(byte[] bytes) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(CaptureBytes.read(bytes).error()).hasMessageContaining("the file ends after");
    long before = threads.getCurrentThreadAllocatedBytes();
    CaptureBytes.read(bytes);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
  }
}
