//! Pause, resume, cancel. In: the phase. Out: a view; Cancel asks first, and says what stays behind.

use leptos::prelude::*;

use crate::page::Page;
use crate::page::texts::texts;
use crate::protocol::Command;

/// The buttons of a run that goes on; they stand in the panel, or in the notice that asks for an answer.
pub(in crate::page::components) fn controls(page: Page) -> AnyView {
    let words = &texts().run;
    let (asks, ask) = signal(false);
    let is_paused = Memo::new(move |_| page.state.is_paused());
    let pause_or_resume = move || {
        if is_paused.get() {
            button("resume", words.resume, "button primary", move || page.send(&Command::Resume))
        } else {
            button("pause", words.pause, "button", move || page.send(&Command::Pause))
        }
    };
    let question = move || {
        view! {
            <div class="question" role="group" aria-label=words.cancel>
                <p>{move || page.state.of_run(words.cancel_ask)}</p>
                <div class="actions">
                    {button("cancel-confirm", words.cancel_sure, "button danger", move || page.send(&Command::Cancel))}
                    {button("cancel-dismiss", words.cancel_not, "button", move || ask.set(false))}
                </div>
            </div>
        }
    };
    view! {
        <div class="actions">
            {pause_or_resume} {button("cancel", words.cancel, "button", move || ask.set(true))}
        </div>
        {move || asks.get().then(question)}
    }
    .into_any()
}

fn button(testid: &'static str, name: &'static str, class: &'static str, act: impl Fn() + 'static) -> AnyView {
    let act: Box<dyn Fn()> = Box::new(act);
    view! { <button type="button" class=class data-testid=testid on:click=move |_| act()>{name}</button> }.into_any()
}
