package meridian.checker;

import java.util.concurrent.TimeUnit;

/// The time of this machine's monotonic clock.
public final class SystemPauses implements Pauses {

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void until(long moment) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(moment - now());
    }
}
