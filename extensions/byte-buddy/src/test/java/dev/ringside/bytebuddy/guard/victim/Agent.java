// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard.victim;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Code under test that does what it should not; each method in the line of its name. */
public final class Agent {

  public static Object millis() {
    return System.currentTimeMillis();
  }

  public static Object instant() {
    return Instant.now();
  }

  public static Object local() {
    return LocalDateTime.now();
  }

  public static Object clock() {
    return Clock.systemUTC();
  }

  public static Object date() {
    return new Date();
  }

  public static LongSupplier reference() {
    return System::nanoTime;
  }

  public static Object lambda() {
    LongSupplier time = () -> System.nanoTime();
    return time.getAsLong();
  }

  public static Object sleep() throws InterruptedException {
    Thread.sleep(1);
    return "slept";
  }

  public static Object unit() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1);
    return "slept";
  }

  public static Object park() {
    LockSupport.parkNanos(1);
    return "parked";
  }

  public static Object await() throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      monitor.wait(1);
    }
    return "waited";
  }

  public static Object timer() {
    return new Timer();
  }

  public static Object scheduler() {
    return Executors.newScheduledThreadPool(1);
  }

  public static Object timeout() {
    return new CompletableFuture<String>().orTimeout(1, TimeUnit.MILLISECONDS);
  }

  public static Object socket() throws IOException {
    return new Socket("192.0.2.1", 80);
  }

  public static Object server() throws IOException {
    return new ServerSocket(0);
  }

  public static Object datagram() throws IOException {
    return new DatagramSocket();
  }

  public static Object channel() throws IOException {
    return SocketChannel.open();
  }

  public static Object datagrams() throws IOException {
    return DatagramChannel.open();
  }

  /** Keeps the error to itself. */
  public static void swallow() {
    try {
      Object unused = millis();
    } catch (AssertionError e) {
      // says nothing
    }
  }

  // ---- what it may do ----

  public static Instant byClock(Clock clock) {
    return Instant.now(clock);
  }

  public static Instant ofEpoch() {
    return Instant.ofEpochMilli(5);
  }

  public static void joinAndNotify() throws InterruptedException {
    Thread thread = new Thread(() -> {});
    thread.start();
    thread.join();
    Object monitor = new Object();
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  private Agent() {}
}
