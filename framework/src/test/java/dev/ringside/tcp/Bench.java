// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.TcpSegments;
import dev.ringside.packet.TcpSpec;
import dev.ringside.packet.capture.PcapWriter;
import dev.ringside.stack.Inbox;
import dev.ringside.stack.NetworkStack;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection from a to b over a cable of 1 ms, of which the test decides what gets lost. */
final class Bench {

  static final Endpoint A = Endpoint.of("a", "02:00:5e:10:00:0a", "192.0.2.10", "2001:db8::a");
  static final Endpoint B = Endpoint.of("b", "02:00:5e:10:00:0b", "192.0.2.20", "2001:db8::b");
  static final int PORT_A = 49_152;
  static final int PORT_B = 7_000;
  private static final long LATENCY_NANOS = 1_000_000;

  /** What becomes of the n-th frame of a direction, 0 being the first. */
  @FunctionalInterface
  interface Fate {
    /** The delays in nanoseconds of its copies beyond the latency; none if it is lost. */
    long[] delays(int number, Packet frame);
  }

  static final long[] LOST = {};
  static final long[] ONCE = {0};
  static final Fate SOUND = (number, frame) -> ONCE;

  /** A frame on the cable, and when it left. */
  record Frame(long time, Packet packet) {}

  final World world = new World(Seed.DEFAULT, Journal.DEFAULT_CAPACITY, true);
  private final Account cable = world.ledger().open(Stage.WIRE, "cable");
  final NetworkStack a;
  final NetworkStack b;
  final List<Frame> frames = new ArrayList<>();
  final Source source;
  final Sink sink;
  TcpSender sender;
  TcpReceiver receiver;
  Fate toB = SOUND;
  Fate toA = SOUND;
  int damagedToB = -1;
  private int sentToA;
  private int sentToB;

  Bench(byte[] message) {
    this(message, TcpConfig.DEFAULT, 1_000, 2_000);
  }

  Bench(byte[] message, TcpConfig config, int sequenceA, int sequenceB) {
    a = new NetworkStack(world, A, new Inbox(world, "a", 1_000), this::fromA);
    b = new NetworkStack(world, B, new Inbox(world, "b", 1_000), this::fromB);
    source = new Source(message);
    sink = new Sink(message.length);
    TcpLink there = new TcpLink(a, A, B, PORT_A, PORT_B, 0, config);
    TcpLink back = new TcpLink(b, B, A, PORT_B, PORT_A, 0, config);
    sender = new TcpSender(world, there, source, config, sequenceA);
    receiver = new TcpReceiver(world, back, sink, config, sequenceB);
    a.onTcp(PORT_A, sender);
    b.onTcp(PORT_B, receiver);
  }

  private void fromA(Packet frame) {
    Packet seen = sentToB == damagedToB ? damaged(frame) : frame;
    travel(seen, toB, sentToB++, b);
  }

  private static Packet damaged(Packet frame) {
    byte[] bytes = frame.toByteArray();
    bytes[bytes.length - 1] ^= 4;
    return Packet.of(bytes).withId(frame.id());
  }

  private void fromB(Packet frame) {
    travel(frame, toA, sentToA++, a);
  }

  private void travel(Packet frame, Fate fate, int number, NetworkStack to) {
    cable.addReceived();
    frames.add(new Frame(world.now(), frame));
    long[] delays = fate.delays(number, frame);
    if (delays.length == 0) {
      world.dropped(cable, frame, DropReason.LOST_ON_WIRE, "lost");
    }
    for (int i = 0; i < delays.length; i++) {
      Packet copy = i == 0 ? frame : world.copy(cable, frame);
      world.schedule(
          LATENCY_NANOS + delays[i],
          arrived -> {
            cable.addSent();
            to.accept(arrived);
          },
          copy);
    }
  }

  Bench open() {
    world.run(sender::open);
    return this;
  }

  Bench advanceMillis(long millis) {
    world.advance(Duration.ofMillis(millis));
    return this;
  }

  /** Runs until the connection and the memory of it are gone. */
  Bench runToEnd() {
    world.advance(Duration.ofDays(1));
    assertThat(world.scheduled()).isZero();
    assertThat(world.ledger().violations()).isEmpty();
    return this;
  }

  /** Data segments, in the order in which they left. */
  List<Packet> data() {
    List<Packet> found = new ArrayList<>();
    for (Frame frame : frames) {
      if (frame.packet.payloadLength() > 0) {
        found.add(frame.packet);
      }
    }
    return found;
  }

  Path writeTo(Path file) {
    try (PcapWriter writer = PcapWriter.create(file)) {
      for (Frame frame : frames) {
        writer.write(frame.time, frame.packet);
      }
    }
    return file;
  }

  static byte[] message(int bytes) {
    byte[] message = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      message[i] = (byte) (i * 31 + (i >>> 8) * 7 + (i >>> 16));
    }
    return message;
  }

  /** A segment in a line: who speaks, the flags, the numbers. */
  static String line(Packet frame) {
    StringBuilder flags = new StringBuilder();
    String[] names = {"FIN", "SYN", "RST", "PSH", "ACK"};
    for (int i = 0; i < names.length; i++) {
      if ((frame.tcpFlags() & 1 << i) != 0) {
        flags.append(flags.isEmpty() ? "" : "+").append(names[i]);
      }
    }
    return (frame.sourcePort() == PORT_A ? "> " : "< ")
        + flags
        + " seq "
        + Segments.sequence(frame)
        + ((frame.tcpFlags() & TcpSpec.ACK) == 0 ? "" : " ack " + Segments.acknowledgement(frame))
        + (frame.payloadLength() == 0 ? "" : " bytes " + frame.payloadLength());
  }

  /** Gives bytes to send, and notes what it is told. */
  static final class Source implements TcpSource {
    private final byte[] message;
    int available;
    int allowed = Integer.MAX_VALUE;
    int begun;
    int again;
    int acknowledged;
    boolean completed;
    @Nullable String failure;

    Source(byte[] message) {
      this.message = message;
      this.available = message.length;
    }

    @Override
    public byte[] bytes() {
      return message;
    }

    @Override
    public int base() {
      return 0;
    }

    @Override
    public int available() {
      return available;
    }

    @Override
    public int size() {
      return message.length;
    }

    @Override
    public boolean mayBegin() {
      return begun < allowed;
    }

    @Override
    public void sent(int bytes, boolean repeated) {
      if (repeated) {
        again++;
      } else {
        begun++;
      }
    }

    @Override
    public void acknowledged(int place) {
      assertThat(place).isGreaterThan(acknowledged);
      acknowledged = place;
    }

    @Override
    public void completed() {
      assertThat(completed).isFalse();
      completed = true;
    }

    @Override
    public void failed(String why) {
      failure = why;
    }
  }

  /** Takes what arrives, each byte once. */
  static final class Sink implements TcpSink {
    private final byte[] bytes;
    private final boolean[] taken;
    int received;
    @Nullable String reset;

    Sink(int size) {
      bytes = new byte[size];
      taken = new boolean[size];
    }

    @Override
    public void take(int place, Packet segment, int skip, int count) {
      for (int i = 0; i < count; i++) {
        assertThat(taken[place + i]).as("byte %d taken before", place + i).isFalse();
        taken[place + i] = true;
      }
      TcpSegments.copyPayload(segment, skip, bytes, place, count);
    }

    @Override
    public void advanced(int place) {
      assertThat(place).isGreaterThan(received);
      received = place;
    }

    @Override
    public void reset(String why) {
      reset = why;
    }

    byte[] received() {
      return Arrays.copyOf(bytes, received);
    }
  }
}
