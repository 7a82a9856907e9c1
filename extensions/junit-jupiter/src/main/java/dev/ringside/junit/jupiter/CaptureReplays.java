// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.wire.Replay;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the captures that parameters ask for. */
final class CaptureReplays {

  private CaptureReplays() {}

  /** Sends its first packet. */
  static Replay start(ReplayCapture asked, Parameter parameter, Class<?> test, Lab lab) {
    CaptureReader reader = open(asked.value(), parameter, test);
    try {
      return asked.cable().isEmpty()
          ? lab.wire().replayTimed(reader)
          : lab.cable(asked.cable()).toHost().replayTimed(reader);
    } catch (RuntimeException | AssertionError e) {
      reader.close();
      throw e;
    }
  }

  private static CaptureReader open(String name, Parameter parameter, Class<?> test) {
    InputStream resource = test.getResourceAsStream(name);
    if (resource != null) {
      return CaptureReader.open(resource, name);
    }
    Path file = Path.of(name);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          Parameters.place(parameter)
              + ": no capture '"
              + name
              + "'; it is neither a resource beside "
              + test.getSimpleName()
              + " nor a file in "
              + Path.of("").toAbsolutePath());
    }
    return CaptureReader.open(file);
  }
}
