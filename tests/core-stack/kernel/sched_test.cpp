// SPDX-License-Identifier: GPL-2.0-or-later
#include "../sim/machine_fixture.h"

#include "linux/bug.h"
#include "linux/fs.h"
#include "linux/mutex.h"
#include "linux/notifier.h"
#include "linux/rcupdate.h"
#include "linux/smp.h"
#include "linux/timer.h"
#include "linux/wait.h"
#include "linux/workqueue.h"
#include "sim/cpu.h"

#include <array>

namespace skbscope::stack {
namespace {

using Sched = machine_fixture;

TEST_F(Sched, AWaiterSleepsUntilItIsWoken) {
    std::vector<std::string> log;
    wait_queue_head_t wq;
    bool ready = false;
    task_struct *waker = kthread_create_on_cpu("waker", 0, [&] {
        log.emplace_back("wakes");
        ready = true;
        wake_up_interruptible(&wq);
    });
    m.run_process("waiter", [&] {
        wake_up_process(waker);
        wait_queue_entry wait;
        while (!ready) {
            prepare_to_wait(&wq, &wait, TASK_INTERRUPTIBLE);
            log.emplace_back("sleeps");
            schedule();
        }
        finish_wait(&wq, &wait);
        log.emplace_back("goes on");
    });
    EXPECT_EQ(log, (std::vector<std::string>{"sleeps", "wakes", "goes on"}));
    EXPECT_FALSE(waitqueue_active(&wq));
}

TEST_F(Sched, OneExclusiveWaiterIsWokenAtATime) {
    wait_queue_head_t wq;
    int woken = 0;
    const auto body = [&] {
        wait_queue_entry wait;
        prepare_to_wait_exclusive(&wq, &wait, TASK_INTERRUPTIBLE);
        schedule();
        finish_wait(&wq, &wait);
        ++woken;
    };
    wake_up_process(kthread_create_on_cpu("a", 0, body));
    wake_up_process(kthread_create_on_cpu("b", 0, body));
    m.run_idle_until(1);
    EXPECT_EQ(woken, 0);
    wake_up_interruptible(&wq);
    m.run_idle_until(2);
    EXPECT_EQ(woken, 1);
    wake_up_interruptible_all(&wq);
    m.run_idle_until(3);
    EXPECT_EQ(woken, 2);
}

TEST_F(Sched, ATimeOutTellsWhatIsLeft) {
    long left = -1, timed_out = -1;
    m.run_process("p", [&] {
        task_struct *self = get_current();
        static timer_list t;
        static task_struct *whom;
        whom = self;
        timer_setup(
            &t, [](timer_list *) { wake_up_process(whom); }, 0);
        mod_timer(&t, jiffies_now() + 10);
        set_current_state(TASK_INTERRUPTIBLE);
        left = schedule_timeout(50);
        set_current_state(TASK_INTERRUPTIBLE);
        timed_out = schedule_timeout(5);
    });
    EXPECT_EQ(left, 39);
    EXPECT_EQ(timed_out, 0);
}

TEST_F(Sched, TheTraceShowsSleepWakeAndSwitch) {
    traced([] { schedule_timeout_uninterruptible(3); });
    EXPECT_EQ(events(SKBSCOPE_EV_SCHED_SLEEP).size(), 1u);
    const auto switches = events(SKBSCOPE_EV_SCHED_SWITCH);
    ASSERT_EQ(switches.size(), 2u);
    EXPECT_EQ(switches[0].task, 0u);
    EXPECT_EQ(switches[0].context.other_task, 100u);
    EXPECT_EQ(switches[1].task, 100u);
    const auto wakes = events(SKBSCOPE_EV_SCHED_WAKE);
    ASSERT_EQ(wakes.size(), 1u);
    EXPECT_EQ(wakes[0].context.other_task, 100u);
    EXPECT_EQ(trace::context_of(wakes[0]), trace::Context::softirq);
    EXPECT_EQ(wakes[0].task, 0u);
}

TEST_F(Sched, AMutexMakesTheSecondTaskWait) {
    std::vector<int> order;
    mutex lock;
    wake_up_process(kthread_create_on_cpu("first", 0, [&] {
        mutex_lock(&lock);
        order.push_back(1);
        schedule_timeout_uninterruptible(5);
        order.push_back(2);
        mutex_unlock(&lock);
    }));
    wake_up_process(kthread_create_on_cpu("second", 0, [&] {
        mutex_lock(&lock);
        order.push_back(3);
        mutex_unlock(&lock);
    }));
    m.run_idle_until(1'000'000'000);
    EXPECT_EQ(order, (std::vector{1, 2, 3}));
    EXPECT_FALSE(mutex_is_locked(&lock));
    EXPECT_THROW(m.run_process("twice",
                               [&] {
                                   mutex_lock(&lock);
                                   mutex_lock(&lock);
                               }),
                 kernel_panic);
}

TEST_F(Sched, WorkRunsInTheWorkerThread) {
    static std::string who;
    static unsigned long when;
    who.clear();
    work_struct work;
    INIT_WORK(&work, [](work_struct *) { who = get_current()->comm; });
    EXPECT_TRUE(schedule_work(&work));
    EXPECT_FALSE(schedule_work(&work));
    m.run_idle_until(1);
    EXPECT_EQ(who, "kworker/0:0");
    delayed_work later;
    INIT_DELAYED_WORK(&later, [](work_struct *) { when = jiffies_now(); });
    const unsigned long start = jiffies_now();
    schedule_delayed_work(&later, 20);
    m.run_idle_until(1'000'000'000);
    EXPECT_EQ(when, start + 21);
    schedule_delayed_work(&later, 20);
    EXPECT_TRUE(cancel_delayed_work_sync(&later));
    EXPECT_FALSE(cancel_delayed_work_sync(&later));
}

TEST_F(Sched, RcuCallbacksRunAfterAGracePeriodInASoftirq) {
    static bool done;
    static unsigned long when;
    done = false;
    rcu_head head;
    const unsigned long start = jiffies_now();
    call_rcu(&head, [](rcu_head *) {
        done = in_serving_softirq();
        when = jiffies_now();
    });
    EXPECT_FALSE(done);
    m.run_idle_until(1'000'000'000);
    EXPECT_TRUE(done);
    EXPECT_GT(when, start);
    u64 waited = 0;
    m.run_process("p", [&] {
        const ktime_t t = ktime_get();
        synchronize_rcu();
        waited = static_cast<u64>(ktime_get() - t);
    });
    EXPECT_GT(waited, 0u);
    EXPECT_THROW(rcu_read_unlock(), kernel_panic);
}

TEST_F(Sched, TaskWorkRunsAtTheEndOfTheCall) {
    static int released;
    released = 0;
    static const file_operations fops = {.release = [](file *) { return ++released; }};
    m.run_process("p", [] {
        const int fd = get_unused_fd_flags(0);
        EXPECT_EQ(fd, 3);
        fd_install(fd, alloc_file_pseudo(&fops, 0));
        EXPECT_EQ(get_unused_fd_flags(0), 4);
        put_unused_fd(4);
        EXPECT_EQ(fget(4), nullptr);
        file *f = fget(fd);
        EXPECT_EQ(close_fd(fd), 0);
        EXPECT_EQ(close_fd(fd), -EBADF);
        fput(f);
        EXPECT_EQ(released, 0);
        exit_to_user_mode();
        EXPECT_EQ(released, 1);
        fd_install(get_unused_fd_flags(0), alloc_file_pseudo(&fops, 0));
    });
    EXPECT_EQ(released, 2); // what a process leaves open is closed for it
}

TEST(Notifiers, AreCalledByPriorityThenAge) {
    static std::vector<int> order;
    order.clear();
    struct numbered : notifier_block {
        int number = 0;
    };
    std::array<numbered, 3> n;
    raw_notifier_head head;
    const int priorities[] = {0, 0, 5};
    for (int i = 0; i < 3; ++i) {
        auto &nb = n[static_cast<std::size_t>(i)];
        nb.number = i;
        nb.priority = priorities[i];
        nb.notifier_call = [](notifier_block *self, unsigned long action, void *) {
            order.push_back(static_cast<numbered *>(self)->number);
            return action == 9 && order.size() == 2 ? NOTIFY_BAD : NOTIFY_DONE;
        };
        EXPECT_EQ(raw_notifier_chain_register(&head, &nb), 0);
    }
    EXPECT_EQ(raw_notifier_chain_register(&head, &n[0]), -EEXIST);
    raw_notifier_call_chain(&head, 1, nullptr);
    EXPECT_EQ(order, (std::vector{2, 0, 1}));
    order.clear();
    EXPECT_EQ(raw_notifier_call_chain(&head, 9, nullptr), NOTIFY_BAD);
    EXPECT_EQ(order, (std::vector{2, 0}));
    EXPECT_EQ(raw_notifier_chain_unregister(&head, &n[2]), 0);
    EXPECT_EQ(raw_notifier_chain_unregister(&head, &n[2]), -ENOENT);
    EXPECT_EQ(notifier_to_errno(notifier_from_errno(-EBUSY)), -EBUSY);
    EXPECT_EQ(notifier_to_errno(notifier_from_errno(0)), 0);
}

class TwoCpus : public machine_fixture {
protected:
    TwoCpus() : machine_fixture(2) {}
};

TEST_F(TwoCpus, AnInterruptReachesTheOtherCpu) {
    static unsigned cpu;
    static bool hardirq;
    cpu = 99;
    call_single_data csd{.func = [](void *) {
        cpu = smp_processor_id();
        hardirq = in_hardirq();
    }};
    traced([&] {
        smp_call_function_single_async(1, &csd);
        EXPECT_EQ(cpu, 99u); // not before the other CPU has its turn
        exit_to_user_mode();
    });
    EXPECT_EQ(cpu, 1u);
    EXPECT_TRUE(hardirq);
    ASSERT_EQ(events(SKBSCOPE_EV_IPI).size(), 1u);
    EXPECT_EQ(events(SKBSCOPE_EV_IPI)[0].context.other_cpu, 1u);
    EXPECT_EQ(events(SKBSCOPE_EV_IRQ_ENTER).at(0).cpu, 1);
}

TEST_F(TwoCpus, TasksStayOnTheirCpu) {
    unsigned a = 99, b = 99;
    wake_up_process(kthread_create_on_cpu("a", 0, [&] { a = smp_processor_id(); }));
    wake_up_process(kthread_create_on_cpu("b", 1, [&] { b = smp_processor_id(); }));
    m.run_idle_until(1);
    EXPECT_EQ(a, 0u);
    EXPECT_EQ(b, 1u);
}

} // namespace
} // namespace skbscope::stack
