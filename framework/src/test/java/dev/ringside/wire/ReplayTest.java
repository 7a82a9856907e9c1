// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import static dev.ringside.packet.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ringside.Lab;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureException;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.time.Seed;
import dev.ringside.world.World;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

  private final World world = new World(Seed.DEFAULT, 16, false);
  private final Station station = new Station(world, Endpoint.STATION);
  private final List<Packet> sent = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    station.connect(
        packet -> {
          sent.add(packet);
          times.add(world.now());
        });
  }

  private static Path capture(String name) {
    try {
      return Path.of(ReplayTest.class.getResource("/captures/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Path damaged(String name, int bytesLess) throws IOException {
    byte[] bytes = Files.readAllBytes(capture(name));
    Path file = folder.resolve(name);
    return Files.write(file, Arrays.copyOf(bytes, bytes.length - bytesLess));
  }

  private static List<byte[]> bytes(List<Packet> packets) {
    return packets.stream().map(Packet::toByteArray).toList();
  }

  private static List<byte[]> frames(List<CapturedPacket> captured) {
    return bytes(captured.stream().map(CapturedPacket::packet).toList());
  }

  private void assertSent(List<CapturedPacket> expected) {
    assertThat(bytes(sent)).usingElementComparator(Arrays::compare).isEqualTo(frames(expected));
  }

  // ---- at once ----

  @Test
  void sends_every_frame_of_a_capture_at_once() {
    for (String name : List.of("everyday.pcap", "syn-flood.pcap", "udp-flood.pcap")) {
      sent.clear();
      List<CapturedPacket> all = CaptureReader.readAll(capture(name));

      assertThat(station.replay(capture(name))).isEqualTo(all.size());

      assertSent(all);
      assertThat(world.now()).isZero();
    }
  }

  @Test
  void sends_those_that_look_like_a_specification() {
    List<CapturedPacket> syns = new ArrayList<>(CaptureReader.readAll(capture("everyday.pcap")));
    syns.removeIf(captured -> !tcp().syn().matches(captured.packet()));

    assertThat(station.replay(capture("everyday.pcap"), tcp().syn())).isEqualTo(syns.size());

    assertThat(syns).isNotEmpty();
    assertSent(syns);
  }

  @Test
  void sends_those_that_a_predicate_accepts() {
    List<CapturedPacket> tagged = new ArrayList<>(CaptureReader.readAll(capture("vlan-qinq.pcap")));
    tagged.removeIf(captured -> captured.packet().vlanTagCount() != 2);

    station.replay(capture("vlan-qinq.pcap"), packet -> packet.vlanTagCount() == 2);

    assertThat(tagged).isNotEmpty();
    assertSent(tagged);
  }

  @Test
  void a_damaged_file_delivers_what_precedes_the_damage_and_then_fails() throws IOException {
    List<CapturedPacket> all = CaptureReader.readAll(capture("everyday.pcap"));
    Path file = damaged("everyday.pcap", 3);

    CaptureException damage =
        catchThrowableOfType(CaptureException.class, () -> station.replay(file));

    assertSent(all.subList(0, all.size() - 1));
    assertThat(damage.packetsBefore()).isEqualTo(all.size() - 1);
    assertThat(damage.file()).isEqualTo(file.toString());
  }

  // ---- with pauses ----

  @Test
  void keeps_the_pauses_of_the_capture_in_virtual_time() {
    List<CapturedPacket> all = CaptureReader.readAll(capture("everyday.pcap"));
    Replay replay = station.replayTimed(capture("everyday.pcap"));
    assertThat(times).startsWith(0L);

    replay.finish();

    assertSent(all);
    assertThat(replay.isFinished()).isTrue();
    assertThat(replay.sent()).isEqualTo(all.size());
    long first = all.get(0).nanos();
    long latest = 0;
    for (int i = 0; i < all.size(); i++) {
      latest = Math.max(latest, all.get(i).nanos() - first);
      assertThat(times.get(i)).isEqualTo(latest);
    }
  }

  @Test
  void what_is_left_out_takes_its_time_all_the_same() {
    List<CapturedPacket> all = CaptureReader.readAll(capture("everyday.pcap"));
    Packet last = all.get(all.size() - 1).packet();
    List<Packet> wanted = new ArrayList<>();

    Replay replay =
        station.replayTimed(
            capture("everyday.pcap"),
            packet -> {
              wanted.add(packet);
              return wanted.size() == all.size();
            });
    replay.finish();

    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).hasSameBytes(last)).isTrue();
    assertThat(times.get(0)).isPositive();
  }

  @Test
  void goes_on_after_a_failure_half_way() {
    try (Lab lab = Lab.open()) {
      Path everyday = capture("everyday.pcap");
      int all = CaptureReader.readAll(everyday).size();
      Replay replay = lab.wire().replayTimed(everyday);
      while (replay.sent() < all / 2) {
        lab.advance(Duration.ofMillis(10));
      }
      assertThat(replay.isFinished()).isFalse();

      lab.host().pnic("p0").fail();
      replay.finish();

      assertThat(replay.sent()).isEqualTo(all);
      assertThat(lab.cable("p1").account().received()).isPositive();
      assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void damage_fails_the_operation_that_reaches_it_and_no_other() throws IOException {
    List<CapturedPacket> all = CaptureReader.readAll(capture("everyday.pcap"));
    Replay replay = station.replayTimed(damaged("everyday.pcap", 3));

    assertThatThrownBy(replay::finish).isInstanceOf(CaptureException.class);

    assertSent(all.subList(0, all.size() - 1));
    assertThat(replay.isFinished()).isTrue();
    replay.finish();
    world.advance(Duration.ofDays(1));
    assertThat(sent).hasSize(all.size() - 1);
  }

  @Test
  void a_file_that_is_no_capture_cannot_be_replayed() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "these are notes, not packets");

    assertThatThrownBy(() -> station.replay(file)).isInstanceOf(CaptureException.class);
    assertThatThrownBy(() -> station.replayTimed(file)).isInstanceOf(CaptureException.class);
    assertThatThrownBy(() -> station.replay(folder.resolve("none.pcap")))
        .isInstanceOf(CaptureException.class);
    assertThat(sent).isEmpty();
  }

  @Test
  void a_predicate_that_fails_ends_the_replay() {
    Replay replay =
        station.replayTimed(
            capture("everyday.pcap"),
            packet -> {
              if (sent.size() == 3) {
                throw new IllegalStateException("three are enough");
              }
              return true;
            });

    assertThatThrownBy(replay::finish).hasMessage("three are enough");

    assertThat(replay.isFinished()).isTrue();
    assertThat(sent).hasSize(3);
  }

  @Test
  void what_was_not_sent_when_the_replay_is_closed_is_not_sent() {
    Replay replay = station.replayTimed(capture("everyday.pcap"));

    replay.close();
    replay.close();
    world.advance(Duration.ofDays(1));

    assertThat(sent).hasSize(1);
    assertThat(replay.isFinished()).isTrue();
  }

  @Test
  void the_end_of_the_lab_closes_the_file() {
    AtomicBoolean open = new AtomicBoolean(true);
    InputStream file =
        new FilterInputStream(getClass().getResourceAsStream("/captures/everyday.pcap")) {
          @Override
          public void close() throws IOException {
            open.set(false);
            super.close();
          }
        };
    Replay replay =
        new Replay(world, CaptureReader.open(file, "everyday.pcap"), packet -> true, sent::add);
    world.run(replay::start);
    assertThat(open).isTrue();

    world.close();

    assertThat(open).isFalse();
    assertThat(replay.isFinished()).isTrue();
  }

  @Test
  void an_empty_capture_is_finished_at_once() throws IOException {
    byte[] header = Arrays.copyOf(Files.readAllBytes(capture("everyday.pcap")), 24);
    Path file = Files.write(folder.resolve("empty.pcap"), header);

    assertThat(station.replay(file)).isZero();
    assertThat(station.replayTimed(file).isFinished()).isTrue();
  }
}
