package meridian.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import meridian.bench.Services;
import meridian.bench.Workload.Size;
import meridian.dns.wire.Query;
import meridian.dns.zone.Lookup;
import org.junit.jupiter.api.Test;

/// Each benchmark, prepared on a small workload and asked once.
class BenchmarksTest {

    @Test
    void bothWaysAnswer() {
        var benchmark = new AnswerBenchmark();
        benchmark.prepare(Size.SMALL);
        assertThat(benchmark.fastPath()).isPositive();
        assertThat(benchmark.limited()).isPositive();
        assertThat(benchmark.flooded()).isNotNegative();
        assertThat(benchmark.responder()).isPositive();
    }

    @Test
    void aQueryIsRead() {
        var benchmark = new ParseBenchmark();
        benchmark.prepare(Size.SMALL);
        assertThat(benchmark.read()).isInstanceOf(Query.class);
    }

    @Test
    void aNameIsFoundBothWays() {
        var benchmark = new LookUpBenchmark();
        benchmark.prepare(Size.SMALL);
        assertThat(benchmark.zones()).isInstanceOf(Lookup.Found.class);
        assertThat(benchmark.tails()).isPositive();
    }

    @Test
    void aClientHasAClass() {
        var benchmark = new LocationBenchmark();
        benchmark.prepare(Size.SMALL);
        assertThat(benchmark.find()).isPositive();
    }

    @Test
    void bothResponsesAreWrittenWhole() {
        var benchmark = new EncodeBenchmark();
        benchmark.prepare(Size.SMALL);
        assertThat(benchmark.address()).isFalse();
        assertThat(benchmark.nameError()).isFalse();
    }

    @Test
    void aDrainIsAnotherEdition() {
        var benchmark = new CompileBenchmark();
        benchmark.prepare(Size.SMALL);
        assertThat(benchmark.files().locationBytes()).isPositive();
        assertThat(benchmark.locations().rangeCount()).isPositive();
        long first = benchmark.drain().number();
        assertThat(benchmark.drain().number()).isEqualTo(first + 1);
    }

    @Test
    void aDrainOfManyServicesIsAnotherEdition() {
        var benchmark = new ServicesBenchmark();
        benchmark.prepare(new Services(20));
        assertThat(benchmark.drain().number()).isNotEqualTo(benchmark.drain().number());
    }

    @Test
    void aFallOfManyServicesIsAnotherEdition() {
        var benchmark = new FallBenchmark();
        benchmark.prepare(new Services(20));
        benchmark.recover();
        long before = benchmark.fall().number();
        benchmark.recover();
        assertThat(benchmark.fall().number()).isEqualTo(before + 2);
    }
}
