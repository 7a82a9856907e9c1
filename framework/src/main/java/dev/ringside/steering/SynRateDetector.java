// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.tcp;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.TcpSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes so many connection requests (SYN without ACK) to one address and port within a window of
 * virtual time for an attack, whoever they claim to come from.
 *
 * <pre>{@code
 * host.steering().detect(new SynRateDetector(100, Duration.ofMillis(10)));
 * }</pre>
 *
 * <p>The window slides: any {@code threshold} requests that are less than a window apart are found.
 * It watches {@link #MAX_DESTINATIONS} destinations at most; of more, it forgets the oldest.
 */
public final class SynRateDetector implements DosDetector {

  /** How many destinations it watches at the same time. */
  public static final int MAX_DESTINATIONS = 4_096;

  private final int threshold;
  private final Duration window;
  private final Map<Target, Requests> watched = new Watched();

  /**
   * Creates a detector that has seen nothing.
   *
   * @param threshold how many requests are an attack, 1 to 65536
   * @param window within how much time, longer than zero
   * @throws IllegalArgumentException if either is out of range
   */
  public SynRateDetector(int threshold, Duration window) {
    if (threshold < 1 || threshold > 65_536) {
      throw new IllegalArgumentException("threshold " + threshold + " is not in 1 to 65536");
    }
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("window " + window + " must be longer than zero");
    }
    this.threshold = threshold;
    this.window = window;
  }

  @Override
  public @Nullable PacketMatcher observe(Packet packet, long now) {
    if (!isRequest(packet)) {
      return null;
    }
    IpAddress to = packet.destinationIp();
    if (to == null) {
      return null;
    }
    int port = packet.destinationPort();
    Target target = new Target(to, port);
    Requests requests = watched.computeIfAbsent(target, key -> new Requests(threshold));
    if (!requests.add(now, window.toNanos())) {
      return null;
    }
    watched.remove(target);
    return tcp().syn().to(to).port(port);
  }

  private static boolean isRequest(Packet packet) {
    return packet.is(IpProtocol.TCP)
        && packet.hasPorts()
        && (packet.tcpFlags() & (TcpSpec.SYN | TcpSpec.ACK)) == TcpSpec.SYN;
  }

  /** As events name it. */
  @Override
  public String toString() {
    return threshold + " SYN within " + window;
  }

  private record Target(IpAddress ip, int port) {}

  /** The times of the latest requests to one destination. */
  private static final class Requests {
    private final long[] times;
    private int count;

    Requests(int threshold) {
      this.times = new long[threshold];
    }

    /** Whether as many as there is room for are less than a window apart. */
    boolean add(long now, long window) {
      times[count % times.length] = now;
      count++;
      return count >= times.length && now - times[count % times.length] < window;
    }
  }

  /** Forgets the destination that it has watched longest. */
  private static final class Watched extends LinkedHashMap<Target, Requests> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Target, Requests> eldest) {
      return size() > MAX_DESTINATIONS;
    }
  }
}
