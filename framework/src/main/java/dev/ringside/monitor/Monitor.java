// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.capture.PcapngWriter;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An application that takes packets off the cards of its host, straight into its own memory.
 *
 * <pre>{@code
 * Monitor monitor = host.monitor(ip().from("198.51.100.0/24"), userMemory(slots(64)));
 * monitor.captured();          // what its memory holds, oldest first
 * monitor.releaseAll();        // frees the slots
 * monitor.writeTo(Path.of("target/captured.pcapng"));
 * monitor.die();               // its rule goes, so that packets go on as if it had never been
 * }</pre>
 *
 * <p><strong>What it captures does not go on</strong>, unless the application lets it: see {@link
 * Verdict#REINJECT}. While its memory is full nothing is moved, its rings fill up, and what comes
 * then is lost to the monitor; the packets that it does not watch are not concerned.
 */
public class Monitor {

  private final World world;
  private final String host;
  private final String name;
  private final MonitorConfig config;
  private final UserMemory memory;
  private final Account account;
  private final Transfer transfer;
  private final Notices notices;
  private final Taps taps;
  private PacketMatcher matcher;
  private MonitorState state = MonitorState.WATCHING;
  private @Nullable Runnable whenEnded;

  /**
   * Creates a monitor that is on no card yet.
   *
   * @param label the name in the lab: that of the host in front where there are several hosts
   * @throws IllegalArgumentException if the memory is another monitor's
   */
  public Monitor(
      World world,
      String host,
      String name,
      String label,
      PacketMatcher matcher,
      UserMemory memory,
      MonitorConfig config) {
    memory.claim(name, world);
    this.world = world;
    this.host = host;
    this.name = name;
    this.matcher = matcher;
    this.memory = memory;
    this.config = config;
    this.account = world.ledger().open(Stage.USER_MEMORY, label);
    this.taps = new Taps(this, host);
    this.transfer = MonitorParts.of(world).transfer(this, taps.list());
    this.notices = new Notices(world, config, this, transfer);
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, unique in its host. */
  public String name() {
    return name;
  }

  /** How it behaves. */
  public MonitorConfig config() {
    return config;
  }

  /** Which packets it takes. */
  public PacketMatcher matcher() {
    synchronized (world) {
      return matcher;
    }
  }

  /** Its memory, to look at. */
  public UserMemory memory() {
    return memory;
  }

  /** The packets that reached its memory, and those that it has re-injected. */
  public Account account() {
    return account;
  }

  /** What it is doing. */
  public MonitorState state() {
    synchronized (world) {
      return state;
    }
  }

  /** Its rings, one for each card that it is or was on, in the order of the cards. */
  public List<MonitorRing> rings() {
    synchronized (world) {
      return taps.rings();
    }
  }

  /**
   * Its ring on a card.
   *
   * @throws IllegalArgumentException if it never was on a card of this name
   */
  public MonitorRing ring(String card) {
    synchronized (world) {
      return taps.ring(card);
    }
  }

  /** The names of the cards that its rule is on. */
  public List<String> cards() {
    synchronized (world) {
      return taps.watched();
    }
  }

  /** What became of the packets of its cards that no monitor took. */
  public List<MonitoredCard.Rest> rest() {
    synchronized (world) {
      return taps.rest();
    }
  }

  // ---- what it has counted ----

  /** How many packets were copied into its memory so far. */
  public long capturedInAll() {
    synchronized (world) {
      return account.delivered();
    }
  }

  /** How many packets its rings have refused because they were full. */
  public long lost() {
    synchronized (world) {
      return taps.lost();
    }
  }

  /** How many packets the application has let go on. */
  public long reinjected() {
    synchronized (world) {
      return transfer.reinjected();
    }
  }

  /** How many packets the application has refused. */
  public long blocked() {
    synchronized (world) {
      return transfer.blocked();
    }
  }

  /** How many packets were captured only in part. */
  public long truncated() {
    synchronized (world) {
      return transfer.truncated();
    }
  }

  /** How many times the application was told that there is something in its rings. */
  public long notices() {
    synchronized (world) {
      return notices.raised();
    }
  }

  // ---- taking packets ----

  /**
   * Takes the next packets: as many as were asked for, as there are, and as there are free slots.
   * In interrupt mode those come first that are in memory already.
   *
   * @throws IllegalArgumentException if the number is negative
   * @throws IllegalStateException if the memory is gone
   */
  public Batch poll(int most) {
    if (most < 0) {
      throw new IllegalArgumentException(
          "cannot take a batch of " + most + " packets: say 0 or more");
    }
    return world.call(
        () -> {
          checkMemory();
          Batch batch = transfer.take(most);
          notices.check();
          return batch;
        });
  }

  /**
   * The packets that its memory holds now, oldest first.
   *
   * @throws IllegalStateException if the memory is gone
   */
  public List<Capture> captured() {
    synchronized (world) {
      checkMemory();
      return transfer.captured();
    }
  }

  /**
   * Calls the application for every batch that comes by itself, with what is in memory already to
   * begin with. It may release slots at once or later.
   *
   * @throws IllegalStateException if the monitor is in poll mode, or the memory is gone
   */
  public void onBatch(Consumer<Batch> newApplication) {
    world.run(
        () -> {
          checkMemory();
          if (notices.isOff()) {
            throw new IllegalStateException(
                "monitor " + name + " is in poll mode, in which no batch comes by itself; poll it");
          }
          transfer.setApplication(newApplication);
        });
  }

  /** Frees all slots, with the verdict of its configuration. */
  public void releaseAll() {
    world.run(
        () -> {
          checkMemory();
          transfer.releaseAll(config.verdict());
          notices.check();
        });
  }

  /**
   * Writes what its memory holds as a pcapng file: each card as an interface, the time at which the
   * card received the packet, and the real length of what was truncated.
   *
   * @throws IllegalStateException if the memory is gone
   * @throws dev.ringside.packet.capture.CaptureException if the file cannot be written
   */
  public void writeTo(Path file) {
    synchronized (world) {
      checkMemory();
      try (PcapngWriter writer = PcapngWriter.create(file)) {
        CaptureFile.write(memory, taps.list(), writer);
      }
    }
  }

  // ---- control ----

  /**
   * Takes other packets from now on. Those that are in a ring already stay in it.
   *
   * @throws IllegalArgumentException if a card has such a rule already; then nothing has changed
   * @throws IllegalStateException if the application is no more
   */
  public void watch(PacketMatcher newMatcher) {
    world.run(
        () -> {
          checkMemory();
          taps.replace(newMatcher);
          matcher = newMatcher;
        });
  }

  /**
   * Takes a sample of what is contained as an attack on its cards, too: on each of them copies of
   * at most so many packets in each tick that match and come to a standby ring. The packets
   * themselves stay there, and nothing reaches the host's stack. None, until this is called.
   *
   * @param most 0: none any more
   * @throws IllegalArgumentException if the number is negative, or the tick not positive
   * @throws IllegalStateException if the application is no more
   */
  public void sampleContained(int most, Duration tick) {
    if (most < 0 || tick.isNegative() || tick.isZero()) {
      throw new IllegalArgumentException(
          "a sample of "
              + most
              + " packets in "
              + tick
              + ": the number must not be negative, and the tick positive");
    }
    world.run(
        () -> {
          checkMemory();
          taps.sample(most, tick.toNanos());
        });
  }

  /**
   * Takes its rule off the cards; what it has and what waits in its rings stays. Idempotent.
   *
   * @throws IllegalStateException if the application is no more
   */
  public void stop() {
    world.run(
        () -> {
          checkMemory();
          state = MonitorState.STOPPED;
          taps.removeAll();
        });
  }

  /**
   * The application leaves in order: its rule and its memory go, and what waits in its rings is
   * lost. Of one that has died failing closed, the rule goes at last. Idempotent.
   */
  public void close() {
    world.run(
        () -> {
          if (hasMemory()) {
            leave(MonitorState.CLOSED, true);
          }
          taps.removeAll();
        });
  }

  /**
   * The application crashes: its memory is gone, and so is what was in its rings. Its rule goes as
   * well, or stays and leads nowhere, as its configuration says. Idempotent.
   */
  public void die() {
    world.run(
        () -> {
          if (hasMemory()) {
            world.ledger().expectDrops(DropReason.TARGET_GONE);
            world.record(
                host,
                Event.monitorDied(name),
                config.isFailOpen() ? "packets go on" : "packets are dropped");
            leave(MonitorState.DEAD, config.isFailOpen());
          }
        });
  }

  private void leave(MonitorState how, boolean withRules) {
    state = how;
    if (whenEnded != null) {
      whenEnded.run();
    }
    transfer.setApplication(null);
    notices.cancel();
    if (withRules) {
      taps.removeAll();
    }
    taps.close();
  }

  // ---- for the host; within an operation of the lab ----

  /** Runs an action as soon as its memory is gone. */
  public void whenEnded(Runnable action) {
    whenEnded = action;
  }

  /**
   * Lets it watch a card, too, which has become active.
   *
   * @throws IllegalStateException if the card has no room for another rule
   */
  public void attach(MonitoredCard card) {
    boolean wanted =
        state == MonitorState.WATCHING || (state == MonitorState.DEAD && !config.isFailOpen());
    if (wanted) {
      taps.install(card, state == MonitorState.DEAD);
    }
  }

  /** Takes its rule off a card that is no longer active; what is in its ring there stays. */
  public void detach(MonitoredCard card) {
    taps.remove(card);
  }

  /** A card has failed: what was in the ring there is lost. */
  public void cardFailed(MonitoredCard card) {
    taps.lose(card);
    notices.check();
  }

  // ---- what its parts ask ----

  void arrived(MonitorRing ring) {
    notices.arrived(ring);
  }

  void checkReachable(String card, int capacity) {
    notices.checkReachable(name, card, capacity);
  }

  void release(int slot, Verdict verdict) {
    transfer.release(slot, verdict);
    notices.check();
  }

  void releaseHeld(List<Capture> captures, Verdict verdict) {
    world.run(
        () -> {
          checkMemory();
          for (Capture capture : captures) {
            if (hasMemory() && capture.isHeld()) {
              release(capture.slot(), verdict);
            }
          }
        });
  }

  boolean hasMemory() {
    return state == MonitorState.WATCHING || state == MonitorState.STOPPED;
  }

  void checkMemory() {
    if (!hasMemory()) {
      throw new IllegalStateException(
          "the user memory of monitor "
              + name
              + " is gone: its application "
              + (state == MonitorState.DEAD ? "has died" : "was closed"));
    }
  }

  /** Whether a full ring is what the test has asked for: nobody waits for the packet elsewhere. */
  boolean mayLose() {
    return memory.isFull() && config.verdict() != Verdict.REINJECT;
  }

  String memoryInUse() {
    return memory.toString();
  }

  String cardName(int index) {
    return taps.list().get(index).card.name();
  }

  @Override
  public String toString() {
    synchronized (world) {
      return "monitor "
          + name
          + " of "
          + PacketMatcher.describe(matcher)
          + " ("
          + state
          + ", "
          + account.delivered()
          + " captured, "
          + memory
          + ")";
    }
  }
}
