// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import java.time.Duration;

/**
 * How one end of links takes part in LACP.
 *
 * <pre>{@code
 * lab.host("h1").pnics(2).lacp(LacpConfig.fast().withKey(7))
 * }</pre>
 *
 * @param active whether it sends LACPDUs though the other end is silent; passive answers only
 * @param shortTimeout whether it wants to hear from the other end every second and waits 3 s; else
 *     every 30 s, and waits 90 s
 * @param systemPriority 0 to 65535; the end with the lower one chooses the ports
 * @param key 1 to 65535; ports with equal keys may share an aggregate
 * @param mostPorts how many ports carry traffic at most; further ones stand by
 * @param aggregateWait how long a port waits for others before it joins the aggregate; 2 s in the
 *     standard
 */
public record LacpConfig(
    boolean active,
    boolean shortTimeout,
    int systemPriority,
    int key,
    int mostPorts,
    Duration aggregateWait) {

  private static final LacpConfig STANDARD =
      new LacpConfig(true, false, 0x8000, 1, 64, Duration.ofSeconds(2));

  /** Checks the ranges. */
  public LacpConfig {
    check16("system priority", systemPriority, 0);
    check16("key", key, 1);
    if (mostPorts < 1) {
      throw new IllegalArgumentException("at most " + mostPorts + " ports carry nothing; say 1");
    }
    if (aggregateWait.isNegative()) {
      throw new IllegalArgumentException("wait " + aggregateWait + " must not be negative");
    }
  }

  static void check16(String what, int value, int least) {
    if (value < least || value > 0xffff) {
      throw new IllegalArgumentException(what + " " + value + " is not in " + least + " to 65535");
    }
  }

  /** Active; a silent partner is noticed after 90 s. */
  public static LacpConfig slow() {
    return STANDARD;
  }

  /** Active; a silent partner is noticed after 3 s. */
  public static LacpConfig fast() {
    return new LacpConfig(true, true, 0x8000, 1, 64, STANDARD.aggregateWait);
  }

  /** The same, but it only answers. */
  public LacpConfig passive() {
    return new LacpConfig(false, shortTimeout, systemPriority, key, mostPorts, aggregateWait);
  }

  /** The same with another system priority. */
  public LacpConfig withSystemPriority(int priority) {
    return new LacpConfig(active, shortTimeout, priority, key, mostPorts, aggregateWait);
  }

  /** The same with another key. */
  public LacpConfig withKey(int newKey) {
    return new LacpConfig(active, shortTimeout, systemPriority, newKey, mostPorts, aggregateWait);
  }

  /** The same with another number of ports that carry traffic at most. */
  public LacpConfig withMostPorts(int ports) {
    return new LacpConfig(active, shortTimeout, systemPriority, key, ports, aggregateWait);
  }

  /** The same with another time that a port waits for others. */
  public LacpConfig withAggregateWait(Duration newWait) {
    return new LacpConfig(active, shortTimeout, systemPriority, key, mostPorts, newWait);
  }
}
