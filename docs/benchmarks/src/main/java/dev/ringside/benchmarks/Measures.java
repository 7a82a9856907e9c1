// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What is measured: one line of the report each. */
final class Measures {
  static final List<Measure> ALL =
      List.of(
          Measure.ratio(
              "warm lab opened and closed, against 2 mocks of interfaces",
              "LabBenchmark.openAndClose",
              "LabBenchmark.twoMocks",
              1.0),
          Measure.time(
              "warm lab whose devices may have faults, opened and closed",
              "LabBenchmark.openAndCloseWithFaults",
              1_000_000),
          Measure.addition(
              "what a lab as parameter adds to 200 tests, against what a mock adds",
              "ExtensionBenchmark.withLab",
              "ExtensionBenchmark.withMock",
              "ExtensionBenchmark.withoutParameter",
              0.25),
          Measure.ratio(
              "jqwik property with a fresh lab for each try, against the same without",
              "PropertyBenchmark.withLab",
              "PropertyBenchmark.withoutLab",
              1.5),
          Measure.ratio(
              "5-tuple of a 64-byte frame, against Pcap4J",
              "FlowKeyBenchmark.ringside",
              "FlowKeyBenchmark.pcap4j",
              0.1),
          Measure.time(
              "wire to inbox through a virtual function, journal off",
              "DeliveryBenchmark.wireToInbox",
              1_000),
          Measure.allocation(
              "wire to inbox through a virtual function, journal off, bytes allocated",
              "DeliveryBenchmark.wireToInbox",
              0.2),
          Measure.ratio(
              "wire to inbox through a virtual function, against one parse by Pcap4J",
              "DeliveryBenchmark.wireToInbox",
              "FlowKeyBenchmark.pcap4j",
              1.0 / 12),
          Measure.ratio(
              "wire to inbox of a guest with a quota, against one without",
              "QuotaBenchmark.wireToInbox",
              "DeliveryBenchmark.wireToInbox",
              1.25),
          Measure.allocation(
              "wire to inbox of a guest with a quota, bytes allocated",
              "QuotaBenchmark.wireToInbox",
              0.2),
          Measure.ratio(
              "a wait for memory and its wake-up, against an immediate grant",
              "QuotaBenchmark.waitAndWakeUp",
              "QuotaBenchmark.immediateGrant",
              20),
          Measure.ratio(
              "guest to guest through proxies, against a virtual function and the wire",
              "ProxyBenchmark.throughProxies",
              "ProxyBenchmark.throughTheWire",
              1.0),
          Measure.ratio(
              "whole DoS path of a good packet, against the least by hand",
              "DosPathBenchmark.path",
              "DosPathBenchmark.floor",
              2.0),
          Measure.ratio(
              "choice of a transmit buffer: 8 nodes and 1M buffers, against 1k",
              "TransmitBufferBenchmark.choose(1048576)",
              "TransmitBufferBenchmark.choose(1024)",
              2.0),
          Measure.allocation(
              "choice of a transmit buffer: 8 nodes and 1M buffers, bytes allocated",
              "TransmitBufferBenchmark.choose(1048576)",
              0.2),
          Measure.ratio(
              "64 MiB handed over on one blade, against System.arraycopy",
              "TransferBenchmark.local",
              "TransferBenchmark.copy",
              2),
          Measure.ratio(
              "64 MiB over the interconnect, against System.arraycopy",
              "TransferBenchmark.interconnect",
              "TransferBenchmark.copy",
              4),
          Measure.ratio(
              "64 MiB by TCP/IP between two chassis, against System.arraycopy",
              "TransferBenchmark.network",
              "TransferBenchmark.copy",
              20),
          Measure.time("whole DoS path of a good packet", "DosPathBenchmark.path", 67),
          Measure.allocation(
              "whole DoS path of a good packet, bytes allocated", "DosPathBenchmark.path", 0.2));

  private Measures() {}

  /** These, and those of other files. */
  static List<Measure> all() {
    List<Measure> all = new ArrayList<>(ALL);
    all.addAll(FlowMeasures.ALL);
    return all;
  }
}
