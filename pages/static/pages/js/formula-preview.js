/* Shows a formula, or what is wrong with it, while its LaTeX is typed. Used by the field and by the rich-text dialog. */
(() => {
    const PAUSE_MILLISECONDS = 250;

    class FormulaPreview {
        constructor(input, output, url, display) {
            this.input = input;
            this.output = output;
            this.url = url;
            this.display = display;
            this.timer = null;
            this.asked = 0;
            this.later = () => {
                clearTimeout(this.timer);
                this.timer = setTimeout(() => this.show(), PAUSE_MILLISECONDS);
            };
            input.addEventListener("input", this.later);
            this.show();
        }

        stop() {
            clearTimeout(this.timer);
            this.input.removeEventListener("input", this.later);
        }

        async show() {
            const latex = this.input.value;
            this.asked += 1;
            const number = this.asked;
            if (!latex.trim()) {
                this.write("", "");
                return;
            }
            const query = new URLSearchParams({ latex, display: this.display });
            try {
                const answer = await fetch(`${this.url}?${query}`, { headers: { Accept: "application/json" } });
                const result = await answer.json();
                if (number === this.asked) this.write(result.mathml, result.error);
            } catch (error) {
                if (number === this.asked) this.write("", "");
            }
        }

        write(mathml, error) {
            this.output.replaceChildren();
            this.input.setAttribute("aria-invalid", error ? "true" : "false");
            if (error) {
                this.output.textContent = error;
            } else if (mathml) {
                const parsed = new DOMParser().parseFromString(mathml, "text/html");
                this.output.append(...parsed.body.childNodes);
            }
            this.output.classList.toggle("pages-formula-preview--error", Boolean(error));
        }
    }

    window.pagesFormulaPreview = FormulaPreview;

    if (window.wagtail && window.wagtail.app && window.StimulusModule) {
        class FormulaController extends window.StimulusModule.Controller {
            static values = { url: String };

            connect() {
                this.output = document.createElement("output");
                this.output.className = "pages-formula-preview";
                this.output.setAttribute("aria-live", "polite");
                this.output.setAttribute("for", this.element.id);
                this.element.after(this.output);
                this.preview = new FormulaPreview(this.element, this.output, this.urlValue, "block");
            }

            disconnect() {
                this.preview.stop();
                this.output.remove();
            }
        }

        window.wagtail.app.register("pages-formula", FormulaController);
    }
})();
